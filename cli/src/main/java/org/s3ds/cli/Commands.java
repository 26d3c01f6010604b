package org.s3ds.cli;

/** Every command there is. A command's class is loaded when it is run, not before. */
final class Commands {
    /** The command without a word: {@code s3ds} itself. */
    static final Command ROOT = Command.group(
            "s3ds",
            "IPFS blocks in an S3 bucket.",
            Command.of("init", "Make a repo.", session -> new InitCommand(session)),
            Command.shared("add", "Store files and directories.", session -> new AddCommand(session)),
            Command.shared("cat", "Write the bytes of files.", session -> new CatCommand(session)),
            Command.shared("get", "Write files and directories to the disk.", session -> new GetCommand(session)),
            Command.shared("ls", "List directories.", session -> new LsCommand(session)),
            Command.shared(
                    "refs",
                    "Print the links of blocks.",
                    session -> new RefsCommand(session),
                    Command.shared(
                            "local",
                            "Print every block there is.",
                            session -> new BlockListCommand.RefsLocal(session))),
            Command.group(
                    "block",
                    "Blocks as they are, without what they mean.",
                    Command.shared("get", "Write the bytes of a block.", session -> new BlockCommand.Get(session)),
                    Command.shared("put", "Store inputs as blocks.", session -> new BlockCommand.Put(session)),
                    Command.shared("rm", "Remove blocks.", session -> new BlockRemoveCommand(session)),
                    Command.shared("stat", "Print the size of a block.", session -> new BlockCommand.Stat(session))),
            Command.group(
                    "cid",
                    "Convert CIDs and show what they are made of.",
                    Command.anywhere("format", "Print CIDs in another form.", session -> new CidCommand.Format()),
                    Command.anywhere("base32", "Print CIDs as CIDv1 in base32.", session -> new CidCommand.Base32()),
                    Command.anywhere("inspect", "Show the parts of a CID.", session -> new CidCommand.Inspect()),
                    Command.anywhere("bases", "List the multibases.", session -> new CidTableCommand.Bases()),
                    Command.anywhere("codecs", "List the multicodecs.", session -> new CidTableCommand.Codecs()),
                    Command.anywhere("hashes", "List the hashes.", session -> new CidTableCommand.Hashes())),
            Command.group(
                    "claim",
                    "Which repo alone may write to a bucket.",
                    Command.of("release", "Give the bucket up.", session -> new ClaimCommand.Release(session)),
                    Command.of("show", "Say who holds the bucket.", session -> new ClaimCommand.Show(session)),
                    Command.of(
                            "take",
                            "Make the bucket this repo's, whoever holds it.",
                            session -> new ClaimCommand.Take(session))),
            Command.shared(
                    "config",
                    "Print or set a value of the config.",
                    session -> new ConfigCommand(session),
                    Command.of(
                            "edit", "Change the config in an editor.", session -> new ConfigFileCommand.Edit(session)),
                    Command.group(
                            "profile",
                            "Sets of changes with a name.",
                            Command.shared(
                                    "apply", "Apply one to the config.", session -> new ProfileCommand(session))),
                    Command.shared(
                            "replace", "Take another config.", session -> new ConfigFileCommand.Replace(session)),
                    Command.shared("show", "Print the whole config.", session -> new ConfigCommand.Show(session))),
            Command.of("copy", "Copy blocks from one place to another.", session -> new CopyCommand(session)),
            Command.group(
                    "dag",
                    "DAGs: blocks and what they link to.",
                    Command.shared("export", "Write a DAG as a CAR.", session -> new DagExportCommand(session)),
                    Command.shared("get", "Print what a block says.", session -> new DagCommand.Get(session)),
                    Command.shared("import", "Store the blocks of CARs.", session -> new DagImportCommand(session)),
                    Command.shared("put", "Store what inputs say as blocks.", session -> new DagPutCommand(session)),
                    Command.shared("resolve", "Say where a path leads.", session -> new DagCommand.Resolve(session)),
                    Command.shared("stat", "Print how large DAGs are.", session -> new DagStatCommand(session))),
            Command.of(
                    "doctor", "Say whether the bucket can do what is needed.", session -> new DoctorCommand(session)),
            Command.shared(
                    "bootstrap",
                    "Peers that Kubo would connect to.",
                    session -> new BootstrapCommand.ListAll(session),
                    Command.shared("add", "Add some.", session -> new BootstrapCommand.Add(session)),
                    Command.shared("list", "List them.", session -> new BootstrapCommand.ListAll(session)),
                    Command.shared(
                            "rm",
                            "Remove some.",
                            session -> new BootstrapCommand.Remove(session, false),
                            Command.shared(
                                    "all", "Remove all.", session -> new BootstrapCommand.Remove(session, true)))),
            Command.shared("commands", "List what a daemon can be asked for.", session -> new CommandsCommand(session)),
            Command.shared("du", "Print what pins and files take.", session -> new DuCommand(session)),
            Command.of("daemon", "Answer Kubo's RPC API over HTTP.", session -> new DaemonCommand(session)),
            Command.of("diff", "Say how the blocks of two places differ.", session -> new DiffCommand(session)),
            Command.group(
                    "diag",
                    "How the node is.",
                    Command.shared(
                            "cmds",
                            "List what the daemon works on.",
                            session -> new DiagCommand.Commands(session),
                            Command.shared("clear", "Forget what is done.", session -> new DiagCommand.Clear(session)),
                            Command.shared(
                                    "set-time",
                                    "Set how long what is done is remembered.",
                                    session -> new DiagCommand.SetTime(session))),
                    Command.shared(
                            "healthy", "Say whether the node can read.", session -> new DiagCommand.Healthy(session)),
                    Command.shared("profile", "Collect what a report needs.", _ -> new DiagProfileCommand()),
                    Command.shared("sys", "Show what the node runs on.", session -> new DiagCommand.Sys(session))),
            Command.group(
                    "log",
                    "What the daemon logs.",
                    Command.shared("level", "Print or set how much.", session -> new LogCommand.SetLevel(session)),
                    Command.shared("ls", "List the parts that log.", _ -> new LogCommand.ListAll()),
                    Command.shared("tail", "Print it as it comes.", session -> new LogCommand.Tail(session))),
            Command.shared("id", "Show who this node is.", session -> new IdCommand(session)),
            Command.group(
                    "index",
                    "What is known of the bucket without asking it.",
                    Command.shared(
                            "rebuild", "Fill it anew from the bucket.", session -> new IndexRebuildCommand(session)),
                    Command.shared("status", "Show how it is.", session -> new IndexStatusCommand(session)),
                    Command.shared(
                            "verify", "Compare it with the bucket.", session -> new IndexVerifyCommand(session))),
            Command.group(
                    "key",
                    "The keys of this node, which sign names.",
                    Command.shared("gen", "Make a key.", session -> new KeyCommand.Gen(session)),
                    Command.of("export", "Write a key to a file.", session -> new KeyFileCommand.Export(session)),
                    Command.shared("import", "Take a key from a file.", session -> new KeyFileCommand.Import(session)),
                    Command.shared("list", "List all keys, as key ls.", session -> new KeyCommand.ListAll(session)),
                    Command.shared("ls", "List all keys.", session -> new KeyCommand.ListAll(session)),
                    Command.shared("rename", "Give a key another name.", session -> new KeyCommand.Rename(session)),
                    Command.shared("rm", "Remove keys for good.", session -> new KeyCommand.Remove(session)),
                    Command.shared("sign", "Sign bytes with a key.", session -> new KeySignatureCommand.Sign(session)),
                    Command.shared(
                            "verify",
                            "Say whether a signature is good.",
                            session -> new KeySignatureCommand.Verify(session))),
            Command.of(
                    "migrate",
                    "Move the blocks to another store.",
                    session -> new MigrateCommand(session, false),
                    Command.of("clean", "Remove what was left.", session -> new MigrateCleanCommand(session)),
                    Command.of("plan", "Say what there is to do.", session -> new MigrateCommand(session, true)),
                    Command.of("resume", "Go on.", session -> new MigrateCommand.Continue(session, false)),
                    Command.of("revert", "Lead back.", session -> new MigrateCommand.Continue(session, true)),
                    Command.of("status", "Show how far it is.", session -> new MigrateStatusCommand(session))),
            Command.group(
                    "name",
                    "Names that change what they stand for (IPNS).",
                    Command.shared("get", "Write the record of a name.", session -> new NameRecordCommand.Get(session)),
                    Command.anywhere("inspect", "Show what a record says.", session -> new NameRecordCommand.Inspect()),
                    Command.shared(
                            "publish",
                            "Give a name something to stand for.",
                            session -> new NameCommand.Publish(session)),
                    Command.shared("put", "Take the record of a name.", session -> new NameRecordCommand.Put(session)),
                    Command.shared(
                            "resolve", "Print what a name stands for.", session -> new NameCommand.Resolve(session))),
            Command.group(
                    "files",
                    "A tree of files that can be changed (MFS).",
                    Command.shared(
                            "chcid",
                            "Change how a directory's CID is made.",
                            session -> new FilesAttributeCommand.ChangeFormat(session)),
                    Command.shared(
                            "chmod", "Set permissions.", session -> new FilesAttributeCommand.ChangeMode(session)),
                    Command.of(
                            "chroot",
                            "Make another directory the root.",
                            session -> new FilesRootCommand.ChangeRoot(session)),
                    Command.shared(
                            "cp", "Give something a second path.", session -> new FilesTreeCommand.Copy(session)),
                    Command.shared(
                            "flush", "Print the CID of a path.", session -> new FilesRootCommand.FlushPath(session)),
                    Command.shared("ls", "List a directory.", session -> new FilesListCommand(session)),
                    Command.shared(
                            "mkdir", "Make a directory.", session -> new FilesTreeCommand.MakeDirectory(session)),
                    Command.shared("mv", "Give something another path.", session -> new FilesTreeCommand.Move(session)),
                    Command.shared("read", "Write the bytes of a file.", session -> new FilesReadCommand(session)),
                    Command.shared("rm", "Remove files.", session -> new FilesTreeCommand.Remove(session)),
                    Command.shared("stat", "Show what is at a path.", session -> new FilesStatCommand(session)),
                    Command.shared(
                            "touch",
                            "Set the time of the last change.",
                            session -> new FilesAttributeCommand.Touch(session)),
                    Command.shared("write", "Write bytes to a file.", session -> new FilesWriteCommand(session))),
            Command.group(
                    "pin",
                    "What garbage collection keeps.",
                    Command.shared("add", "Keep something.", session -> new PinCommand.Add(session)),
                    Command.group(
                            "remote",
                            "Pinning services, which s3ds does not use.",
                            Command.group(
                                    "service",
                                    "Those that the config names.",
                                    Command.shared("ls", "List them.", session -> new PinRemoteCommand(session)))),
                    Command.shared("rm", "Keep something no longer.", session -> new PinCommand.Remove(session)),
                    Command.shared("ls", "List what is kept.", session -> new PinListCommand(session)),
                    Command.shared(
                            "update", "Keep something in another's place.", session -> new PinCommand.Update(session)),
                    Command.shared(
                            "verify", "Say whether what is kept is there.", session -> new PinVerifyCommand(session))),
            Command.group(
                    "plugin",
                    "Store types that come as jars.",
                    Command.of("install", "Check a jar and take it in.", session -> new PluginCommand.Install(session)),
                    Command.of("list", "Show what there is.", session -> new PluginCommand.ListAll(session)),
                    Command.of("remove", "Delete a jar.", session -> new PluginCommand.Remove(session))),
            Command.group(
                    "repo",
                    "The repo as a whole.",
                    Command.shared("gc", "Remove what nothing keeps.", session -> new RepoGcCommand(session)),
                    Command.of("try", "Store something and read it back, on an S3 server of its own.", TryCommand::new),
                    Command.shared(
                            "ls",
                            "Print every block, and how large it is.",
                            session -> new BlockListCommand.RepoLs(session)),
                    Command.shared("stat", "Print how much there is.", session -> new RepoStatCommand(session)),
                    Command.shared(
                            "verify", "Say whether every block is whole.", session -> new RepoVerifyCommand(session)),
                    Command.anywhere("version", "Print its version.", session -> new RepoCommand.Version())),
            Command.shared("resolve", "Print what a path or name leads to.", session -> new ResolveCommand(session)),
            NetworkCommands.BITSWAP,
            NetworkCommands.PING,
            NetworkCommands.PROVIDE,
            NetworkCommands.ROUTING,
            NetworkCommands.STATS,
            NetworkCommands.SWARM,
            Command.shared("shutdown", "Stop the daemon.", session -> new ShutdownCommand(session)),
            Command.of("try", "Store something and read it back, on an S3 server of its own.", TryCommand::new),
            Command.shared(
                    "verify", "Say whether all blocks are there, and whole.", session -> new VerifyCommand(session)),
            Command.anywhere(
                    "version",
                    "Show the version of s3ds.",
                    session -> new VersionCommand(session),
                    Command.anywhere("deps", "List its libraries.", session -> new VersionCommand.Libraries())));

    private Commands() {}
}
