package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"strconv"
	"strings"

	blocks "github.com/ipfs/go-block-format"
	"github.com/ipfs/go-cid"
	ipldlegacy "github.com/ipfs/go-ipld-legacy"
	"github.com/ipld/go-ipld-prime"
	"github.com/ipld/go-ipld-prime/codec/dagcbor"
	"github.com/ipld/go-ipld-prime/codec/dagjson"
	mh "github.com/multiformats/go-multihash"
)

// codec reads lines "CODEC BLOCK", both hexadecimal, and answers each with one line of the same order: "refused" and
// why, or "read", the CIDs of the block's links as a garbage collection sees them, what it says in dag-cbor, and what
// it says in dag-json. Empty is "-"; what cannot be written is "error" and why, its blanks as underscores.
func codec(ctx context.Context, in io.Reader, out io.Writer) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 64<<20)
	answers := bufio.NewWriter(out)
	for lines.Scan() {
		name, data, _ := strings.Cut(lines.Text(), " ")
		number, err := strconv.ParseUint(name, 16, 64)
		if err != nil {
			return err
		}
		block, err := hex.DecodeString(data)
		if err != nil {
			return err
		}
		fmt.Fprintln(answers, read(ctx, number, block))
		if err := answers.Flush(); err != nil {
			return err
		}
	}
	return lines.Err()
}

func read(ctx context.Context, number uint64, data []byte) (answer string) {
	defer func() {
		if panicked := recover(); panicked != nil {
			answer = fmt.Sprint("refused panic: ", panicked)
		}
	}()
	hash, err := mh.Sum(data, mh.SHA2_256, -1)
	if err != nil {
		return "refused " + err.Error()
	}
	block, err := blocks.NewBlockWithCid(data, cid.NewCidV1(number, hash))
	if err != nil {
		return "refused " + err.Error()
	}
	node, err := ipldlegacy.NewDecoder().DecodeNode(ctx, block)
	if err != nil {
		return "refused " + oneWord(err.Error())
	}
	var links []string
	for _, link := range node.Links() {
		links = append(links, link.Cid.String())
	}
	var value ipld.Node = node
	if wrapped, is := node.(*ipldlegacy.LegacyNode); is {
		value = wrapped.Node
	}
	return fmt.Sprintf("read %s %s %s", orDash(strings.Join(links, ",")), written(value, dagcbor.Encode),
		written(value, dagjson.Encode))
}

func written(node ipld.Node, encode ipld.Encoder) string {
	var out bytes.Buffer
	if err := encode(node, &out); err != nil {
		return "error:" + oneWord(err.Error())
	}
	return orDash(hex.EncodeToString(out.Bytes()))
}

func oneWord(text string) string {
	return strings.Join(strings.Fields(text), "_")
}

func orDash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}
