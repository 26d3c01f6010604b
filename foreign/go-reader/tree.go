package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"path"
	"sort"

	"github.com/ipfs/boxo/files"
	"github.com/ipfs/boxo/ipld/merkledag"
	"github.com/ipfs/boxo/ipld/unixfs"
	unixfsio "github.com/ipfs/boxo/ipld/unixfs/io"
	"github.com/ipfs/go-cid"
	ds "github.com/ipfs/go-datastore"
	ipld "github.com/ipfs/go-ipld-format"
)

// tree prints the files (MFS) of a repo, sorted by path, a line each, in fields between tabs:
//
//	PATH directory MODE MTIME
//	PATH file MODE MTIME SIZE SHA256
//	PATH symlink MODE MTIME TARGET
//
// The path is as Go quotes text; the mode is octal, 0 when there is none; the time is SECONDS.NANOSECONDS, - when there
// is none; the size is that which the root says, and so many bytes there must be.
func tree(ctx context.Context, r *repo) error {
	bytes, err := r.root.Get(ctx, ds.NewKey("/local/filesroot"))
	if err != nil {
		return err
	}
	root, err := cid.Cast(bytes)
	if err != nil {
		return err
	}
	return below(ctx, r, root, "/")
}

func below(ctx context.Context, r *repo, c cid.Cid, name string) error {
	node, err := r.dag.Get(ctx, c)
	if err != nil {
		return fmt.Errorf("%q: %w", name, err)
	}
	line, err := described(ctx, r, node, name)
	if err != nil {
		return fmt.Errorf("%q: %w", name, err)
	}
	fmt.Println(line)
	directory, err := unixfsio.NewDirectoryFromNode(r.dag, node)
	if err == unixfsio.ErrNotADir {
		return nil
	}
	if err != nil {
		return fmt.Errorf("%q: %w", name, err)
	}
	links, err := directory.Links(ctx)
	if err != nil {
		return fmt.Errorf("%q: %w", name, err)
	}
	sort.Slice(links, func(i, j int) bool { return links[i].Name < links[j].Name })
	for _, link := range links {
		if err := below(ctx, r, link.Cid, path.Join(name, link.Name)); err != nil {
			return err
		}
	}
	return nil
}

func described(ctx context.Context, r *repo, node ipld.Node, name string) (string, error) {
	if _, raw := node.(*merkledag.RawNode); raw {
		return describedFile(ctx, r, node, fmt.Sprintf("%q\tfile\t0\t-", name), uint64(len(node.RawData())))
	}
	fs, err := unixfs.ExtractFSNode(node)
	if err != nil {
		return "", err
	}
	mtime := "-"
	if at := fs.ModTime(); !at.IsZero() {
		mtime = fmt.Sprintf("%d.%09d", at.Unix(), at.Nanosecond())
	}
	of := func(kind string) string {
		return fmt.Sprintf("%q\t%s\t%o\t%s", name, kind, files.ModePermsToUnixPerms(fs.Mode()), mtime)
	}
	switch fs.Type() {
	case unixfs.TDirectory, unixfs.THAMTShard:
		return of("directory"), nil
	case unixfs.TSymlink:
		return of("symlink") + "\t" + string(fs.Data()), nil
	default:
		return describedFile(ctx, r, node, of("file"), fs.FileSize())
	}
}

func describedFile(ctx context.Context, r *repo, node ipld.Node, line string, size uint64) (string, error) {
	reader, err := unixfsio.NewDagReader(ctx, node, r.dag)
	if err != nil {
		return "", err
	}
	hash := sha256.New()
	read, err := io.Copy(hash, reader)
	if err != nil {
		return "", err
	}
	if uint64(read) != size {
		return "", fmt.Errorf("%d bytes, but its root says %d", read, size)
	}
	return fmt.Sprintf("%s\t%d\t%x", line, size, hash.Sum(nil)), nil
}
