package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	chunk "github.com/ipfs/boxo/chunker"
	"github.com/ipfs/boxo/ipld/unixfs/importer"
	ds "github.com/ipfs/go-datastore"
)

// write adds a file with boxo's importer, CIDv0, pins it, and prints its CID.
func write(ctx context.Context, r *repo, path, name string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	root, err := importer.BuildDagFromReader(r.dag, chunk.DefaultSplitter(file))
	if err != nil {
		return err
	}
	if err := errors.Join(r.pins.Pin(ctx, root, true, name), r.pins.Flush(ctx), r.all.Sync(ctx, ds.NewKey("/"))); err != nil {
		return err
	}
	fmt.Println(root.Cid())
	return nil
}
