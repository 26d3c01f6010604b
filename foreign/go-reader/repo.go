package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/ipfs/boxo/blockservice"
	"github.com/ipfs/boxo/blockstore"
	"github.com/ipfs/boxo/exchange/offline"
	"github.com/ipfs/boxo/ipld/merkledag"
	pin "github.com/ipfs/boxo/pinning/pinner"
	"github.com/ipfs/boxo/pinning/pinner/dspinner"
	ds "github.com/ipfs/go-datastore"
	"github.com/ipfs/go-datastore/mount"
	flatfs "github.com/ipfs/go-ds-flatfs"
	leveldb "github.com/ipfs/go-ds-leveldb"
	ipld "github.com/ipfs/go-ipld-format"
)

// repo is an open repo: its root datastore, its blocks, its pins.
type repo struct {
	root   *leveldb.Datastore
	all    *mount.Datastore
	blocks blockstore.Blockstore
	dag    ipld.DAGService
	pins   pin.Pinner
}

// spec is the part of Datastore.Spec that is looked at: a store, perhaps wrapped.
type spec struct {
	Type           string
	Mountpoint     string
	Child          *spec
	Mounts         []spec
	Path           string
	ShardFunc      string `json:"shardFunc"`
	Bucket         string
	Region         string
	RegionEndpoint string `json:"regionEndpoint"`
	RootDirectory  string `json:"rootDirectory"`
	AccessKey      string `json:"accessKey"`
	SecretKey      string `json:"secretKey"`
}

func openRepo(ctx context.Context, folder string) (*repo, error) {
	text, err := os.ReadFile(filepath.Join(folder, "config"))
	if err != nil {
		return nil, err
	}
	var config struct{ Datastore struct{ Spec spec } }
	if err := json.Unmarshal(text, &config); err != nil {
		return nil, fmt.Errorf("config: %w", err)
	}
	r := &repo{}
	var mounts []mount.Mount
	for _, each := range config.Datastore.Spec.Mounts {
		store, err := openStore(folder, each)
		if err != nil {
			return nil, fmt.Errorf("mount %s: %w", each.Mountpoint, err)
		}
		if root, ok := store.(*leveldb.Datastore); ok && each.Mountpoint == "/" {
			r.root = root
		}
		mounts = append(mounts, mount.Mount{Prefix: ds.NewKey(each.Mountpoint), Datastore: store})
	}
	if r.root == nil {
		return nil, errors.New("no levelds is mounted at /")
	}
	r.all = mount.New(mounts)
	r.blocks = blockstore.NewBlockstore(r.all)
	r.dag = merkledag.NewDAGService(blockservice.New(r.blocks, offline.Exchange(r.blocks)))
	r.pins, err = dspinner.New(ctx, r.all, r.dag)
	return r, err
}

func openStore(folder string, s spec) (ds.Datastore, error) {
	for s.Child != nil {
		s = *s.Child
	}
	path := s.Path
	if !filepath.IsAbs(path) {
		path = filepath.Join(folder, path)
	}
	switch s.Type {
	case "levelds":
		return leveldb.NewDatastore(path, nil)
	case "flatfs":
		shard, err := flatfs.ParseShardFunc(s.ShardFunc)
		if err != nil {
			return nil, err
		}
		return flatfs.CreateOrOpen(path, shard, true)
	case "s3ds":
		return openBucket(s)
	default:
		return nil, fmt.Errorf("a store of type %q", s.Type)
	}
}

func (r *repo) Close() error {
	return errors.Join(r.pins.Close(), r.all.Close())
}
