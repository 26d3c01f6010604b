package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/ipfs/go-cid"
	car "github.com/ipld/go-car/v2"
	"github.com/ipld/go-car/v2/storage"
	mh "github.com/multiformats/go-multihash"
)

// listCar prints version and roots of a CAR, and the CID and length of each block, which go-car compares with its CID.
func listCar(file string, out io.Writer) error {
	in, err := os.Open(file)
	if err != nil {
		return err
	}
	defer in.Close()
	reader, err := car.NewBlockReader(in)
	if err != nil {
		return err
	}
	fmt.Fprintln(out, "version", reader.Version)
	for _, root := range reader.Roots {
		fmt.Fprintln(out, "root", root)
	}
	for {
		block, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		fmt.Fprintln(out, "block", block.Cid(), len(block.RawData()))
	}
}

// writeCar writes a CAR of some blocks: of version 1, or of version 2 with an index.
func writeCar(ctx context.Context, file, version string) error {
	var all [][]byte
	var names []cid.Cid
	for i := range 100 {
		data := bytes.Repeat([]byte{byte(i)}, i*i)
		name, err := cid.V1Builder{Codec: cid.Raw, MhType: mh.SHA2_256}.Sum(data)
		if err != nil {
			return err
		}
		all, names = append(all, data), append(names, name)
	}
	out, err := os.Create(file)
	if err != nil {
		return err
	}
	defer out.Close()
	writer, err := storage.NewWritable(out, names[:2], car.WriteAsCarV1(version == "1"))
	if err != nil {
		return err
	}
	for i, data := range all {
		if err := writer.Put(ctx, names[i].KeyString(), data); err != nil {
			return err
		}
	}
	return writer.Finalize()
}
