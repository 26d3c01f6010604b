package org.s3ds.cli;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.AbstractList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.RandomAccess;
import org.s3ds.ipld.unixfs.Entity;
import org.s3ds.ipld.unixfs.Metadata;
import org.s3ds.ipld.unixfs.Mtime;
import org.s3ds.node.unixfs.Listed;

/** Entries of a directory as {@code ls} tells them, each made when it is asked for: there may be millions. */
final class LsLinks extends AbstractList<Object> implements RandomAccess {
    /** The types of UnixFS; 0 where it is not known. */
    static final long DIRECTORY = 1;

    private static final long FILE = 2;
    private static final long SYMLINK = 4;

    private static final long YEAR_1 = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
    private static final long YEAR_10000 =
            Instant.parse("+10000-01-01T00:00:00Z").getEpochSecond();
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final List<Listed> entries;
    private final CidText cids;

    LsLinks(List<Listed> entries, CidText cids) {
        this.entries = entries;
        this.cids = cids;
    }

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public Map<String, Object> get(int index) {
        Listed entry = entries.get(index);
        Metadata metadata = entry.entity().map(Entity::metadata).orElse(Metadata.NONE);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Name", entry.name());
        fields.put("Hash", cids.of(entry.cid()));
        fields.put("Size", entry.size());
        fields.put("Type", entry.entity().map(LsLinks::type).orElse(0L));
        fields.put("Target", entry.entity().orElse(null) instanceof Entity.Symlink link ? link.target() : "");
        fields.put("Mode", entry.entity().map(entity -> mode(entity, metadata)).orElse(0L));
        fields.put("ModTime", metadata.mtime().map(LsLinks::text).orElse(LsTable.NO_TIME));
        return fields;
    }

    private static long type(Entity entity) {
        return switch (entity) {
            case Entity.Directory _ -> DIRECTORY;
            case Entity.File _ -> FILE;
            case Entity.Symlink _ -> SYMLINK;
        };
    }

    private static long mode(Entity entity, Metadata metadata) {
        return metadata.mode().isEmpty()
                ? 0
                : GoFileMode.of(entity, metadata.mode().getAsInt());
    }

    /** As Go writes it; what has no year of four digits is as good as none. */
    private static String text(Mtime time) {
        if (time.seconds() < YEAR_1 || time.seconds() >= YEAR_10000) {
            return LsTable.NO_TIME;
        }
        String fraction =
                time.nanos() == 0 ? "" : ".%09d".formatted(time.nanos()).replaceFirst("0+$", "");
        return SECOND.format(Instant.ofEpochSecond(time.seconds())) + fraction + "Z";
    }
}
