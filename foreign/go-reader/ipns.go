package main

import (
	"context"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/ipfs/boxo/ipns"
	"github.com/ipfs/boxo/keystore"
	"github.com/ipfs/go-datastore/query"
	record "github.com/libp2p/go-libp2p-record/pb"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/multiformats/go-base32"
	"google.golang.org/protobuf/proto"
)

// names prints what boxo makes of a repo's keys and of its IPNS records, each of which must be good; fields between
// tabs, in the order of the names of the keys in the datastore:
//
//	key NAME TYPE ID
//	record WHERE ID VALUE SEQUENCE VALIDITY TTL BYTES    WHERE is own (published here) or known (for whoever asks)
func names(ctx context.Context, r *repo, folder string) error {
	if err := keys(filepath.Join(folder, "keystore")); err != nil {
		return err
	}
	for prefix, where := range map[string]string{"/ipns": "own", "/dht/ipns": "known"} {
		results, err := r.root.Query(ctx, query.Query{Prefix: prefix, Orders: []query.Order{query.OrderByKey{}}})
		if err != nil {
			return err
		}
		entries, err := results.Rest()
		if err != nil {
			return err
		}
		for _, each := range entries {
			if err := name(where, strings.TrimPrefix(each.Key, prefix+"/"), each.Value); err != nil {
				return fmt.Errorf("%s: %w", each.Key, err)
			}
		}
	}
	return nil
}

func keys(folder string) error {
	store, err := keystore.NewFSKeystore(folder)
	if err != nil {
		return err
	}
	all, err := store.List()
	if err != nil {
		return err
	}
	for _, each := range all {
		key, err := store.Get(each)
		if err != nil {
			return err
		}
		id, err := peer.IDFromPrivateKey(key)
		if err != nil {
			return err
		}
		fmt.Printf("key\t%s\t%s\t%s\n", each, key.Type(), ipns.NameFromPeer(id))
	}
	return nil
}

func name(where, key string, value []byte) error {
	id, err := base32.RawStdEncoding.DecodeString(key)
	if err != nil {
		return err
	}
	if where == "known" {
		stored := new(record.Record)
		if err := proto.Unmarshal(value, stored); err != nil {
			return err
		}
		if string(stored.Key) != string(id) || stored.TimeReceived == "" {
			return fmt.Errorf("stored as %x at %q", stored.Key, stored.TimeReceived)
		}
		id, value = []byte(strings.TrimPrefix(string(id), "/ipns/")), stored.Value
	}
	named := ipns.NameFromPeer(peer.ID(id))
	rec, err := ipns.UnmarshalRecord(value)
	if err != nil {
		return err
	}
	if err := ipns.ValidateWithName(rec, named); err != nil {
		return err
	}
	return printRecord(where, named, rec, value)
}

func printRecord(where string, named ipns.Name, rec *ipns.Record, value []byte) error {
	stands, err := rec.Value()
	if err != nil {
		return err
	}
	sequence, err := rec.Sequence()
	if err != nil {
		return err
	}
	validity, err := rec.Validity()
	if err != nil {
		return err
	}
	ttl, err := rec.TTL()
	if err != nil {
		return err
	}
	_, err = fmt.Printf("record\t%s\t%s\t%s\t%d\t%s\t%s\t%s\n", where, named, stands, sequence,
		validity.Format("2006-01-02T15:04:05.999999999Z07:00"), ttl, hex.EncodeToString(value))
	return err
}
