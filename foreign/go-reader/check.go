package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strconv"
	"strings"

	"github.com/ipfs/boxo/ipld/merkledag"
	unixfs "github.com/ipfs/boxo/ipld/unixfs/io"
	pin "github.com/ipfs/boxo/pinning/pinner"
	"github.com/ipfs/go-cid"
	"github.com/ipfs/go-datastore/query"
)

// check compares a repo with a file of expectations, a line each, in fields between tabs:
//
//	pin CID recursive|direct NAME   there is exactly this pin of the CID, with exactly this name
//	pins N                          so many pins there are, recursive and direct
//	file CID SHA256                 a UnixFS file, whose content has the hash
//	tree CID                        every block below it is there, and is what its CID says
//	entry CID NAME CHILD            a directory that has this entry
//	blocks N                        so many blocks can be listed, and each is what its name says
//	absent CID                      a block that is not there
//
// It looks at the names of all keys of the root datastore in any case. All that differs is told.
func check(ctx context.Context, r *repo, expected string) error {
	file, err := os.Open(expected)
	if err != nil {
		return err
	}
	defer file.Close()
	found := []error{keysAreKnown(ctx, r)}
	seen := 0
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		if line := lines.Text(); line != "" {
			if err := holds(ctx, r, strings.Split(line, "\t")); err != nil {
				found = append(found, fmt.Errorf("%q: %w", line, err))
			}
			seen++
		}
	}
	found = append(found, lines.Err())
	if err := errors.Join(found...); err != nil {
		return err
	}
	fmt.Printf("%d expectations hold\n", seen)
	return nil
}

func holds(ctx context.Context, r *repo, line []string) error {
	switch {
	case line[0] == "pins" && len(line) == 2:
		return same(line[1], func() (int, error) { return countPins(ctx, r) })
	case line[0] == "blocks" && len(line) == 2:
		return same(line[1], func() (int, error) { return countBlocks(ctx, r) })
	case len(line) < 2:
		return errors.New("no such expectation")
	}
	c, err := cid.Decode(line[1])
	if err != nil {
		return err
	}
	switch {
	case line[0] == "pin" && len(line) == 4:
		return pinned(ctx, r, c, line[2], line[3])
	case line[0] == "file" && len(line) == 3:
		return content(ctx, r, c, line[2])
	case line[0] == "tree" && len(line) == 2:
		return complete(ctx, r, c, cid.NewSet())
	case line[0] == "entry" && len(line) == 4:
		return entry(ctx, r, c, line[2], line[3])
	case line[0] == "absent" && len(line) == 2:
		there, err := r.blocks.Has(ctx, c)
		if err == nil && there {
			err = errors.New("it is there")
		}
		return err
	}
	return errors.New("no such expectation")
}

func same(want string, count func() (int, error)) error {
	got, err := count()
	if err == nil && strconv.Itoa(got) != want {
		err = fmt.Errorf("found %d", got)
	}
	return err
}

func allPins(ctx context.Context, r *repo) ([]pin.Pinned, error) {
	var all []pin.Pinned
	for _, keys := range []<-chan pin.StreamedPin{r.pins.RecursiveKeys(ctx, true), r.pins.DirectKeys(ctx, true)} {
		for each := range keys {
			if each.Err != nil {
				return nil, each.Err
			}
			all = append(all, each.Pin)
		}
	}
	return all, nil
}

func countPins(ctx context.Context, r *repo) (int, error) {
	all, err := allPins(ctx, r)
	return len(all), err
}

func pinned(ctx context.Context, r *repo, c cid.Cid, mode, name string) error {
	all, err := allPins(ctx, r)
	if err != nil {
		return err
	}
	var found []string
	for _, each := range all {
		if each.Key == c {
			kind, _ := pin.ModeToString(each.Mode)
			found = append(found, kind+" "+strconv.Quote(each.Name))
		}
	}
	if len(found) != 1 || found[0] != mode+" "+strconv.Quote(name) {
		return fmt.Errorf("its pins are %v", found)
	}
	return nil
}

func content(ctx context.Context, r *repo, c cid.Cid, hash string) error {
	node, err := r.dag.Get(ctx, c)
	if err != nil {
		return err
	}
	reader, err := unixfs.NewDagReader(ctx, node, r.dag)
	if err != nil {
		return err
	}
	defer reader.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, reader); err != nil {
		return err
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != hash {
		return fmt.Errorf("its content hashes to %s", got)
	}
	return nil
}

// complete walks everything below a CID and hashes every block.
func complete(ctx context.Context, r *repo, c cid.Cid, seen *cid.Set) error {
	if !seen.Visit(c) {
		return nil
	}
	if err := intact(ctx, r, c); err != nil {
		return err
	}
	links, err := merkledag.GetLinksWithDAG(r.dag)(ctx, c)
	if err != nil {
		return err
	}
	for _, link := range links {
		if err := complete(ctx, r, link.Cid, seen); err != nil {
			return err
		}
	}
	return nil
}

func entry(ctx context.Context, r *repo, c cid.Cid, name, child string) error {
	node, err := r.dag.Get(ctx, c)
	if err != nil {
		return err
	}
	folder, err := unixfs.NewDirectoryFromNode(r.dag, node)
	if err != nil {
		return err
	}
	found, err := folder.Find(ctx, name)
	if err == nil && found.Cid().String() != child {
		err = fmt.Errorf("it leads to %s", found.Cid())
	}
	return err
}

func countBlocks(ctx context.Context, r *repo) (int, error) {
	keys, err := r.blocks.AllKeysChan(ctx)
	if err != nil {
		return 0, err
	}
	count := 0
	for each := range keys {
		if err := intact(ctx, r, each); err != nil {
			return count, err
		}
		count++
	}
	return count, nil
}

func intact(ctx context.Context, r *repo, c cid.Cid) error {
	block, err := r.blocks.Get(ctx, c)
	if err != nil {
		return err
	}
	if sum, err := c.Prefix().Sum(block.RawData()); err != nil || !sum.Equals(c) {
		return fmt.Errorf("block %s has other bytes: %v", c, err)
	}
	return nil
}

var known = []*regexp.Regexp{
	regexp.MustCompile(`^/pins/pin/[0-9a-f]{32}$`),
	regexp.MustCompile(`^/pins/index/cid[RD]index/u[\w-]+/u[\w-]+$`),
	regexp.MustCompile(`^/pins/index/nameIndex/u[\w-]+/u[\w-]+$`),
	regexp.MustCompile(`^/pins/state/dirty$`),
	regexp.MustCompile(`^/local/(filesroot|dht-values-purged|temp_bootstrap_peers)$`),
	regexp.MustCompile(`^/(ipns|dht|providers?|reprovide|pubsub)/`),
	// the base32 of "/ipns/…" and "/pk/…"
	regexp.MustCompile(`^/F5(UXA3TT|YGWL)[A-Z2-7]+$`),
	regexp.MustCompile(`^/reprovide(Strategy|LastUniqueCount)$`),
}

// keysAreKnown looks through the LevelDB alone: all keys of the kinds that Kubo writes, and the pins clean.
func keysAreKnown(ctx context.Context, r *repo) error {
	results, err := r.root.Query(ctx, query.Query{})
	if err != nil {
		return err
	}
	defer results.Close()
	for each := range results.Next() {
		if each.Error != nil {
			return each.Error
		}
		if !isKnown(each.Key) {
			return fmt.Errorf("the root datastore has the key %q", each.Key)
		}
		if each.Key == "/pins/state/dirty" && string(each.Value) != "\x00" {
			return fmt.Errorf("the pins are dirty: %x", each.Value)
		}
		if strings.HasPrefix(each.Key, "/pins/index/") && len(each.Value) != 0 {
			return fmt.Errorf("the index entry %q has a value", each.Key)
		}
	}
	return nil
}

func isKnown(key string) bool {
	for _, pattern := range known {
		if pattern.MatchString(key) {
			return true
		}
	}
	return false
}
