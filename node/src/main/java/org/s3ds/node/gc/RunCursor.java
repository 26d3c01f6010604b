package org.s3ds.node.gc;

import java.io.IOException;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.s3ds.node.blocks.NameCursor;

/** The names of a run, from front to back. */
final class RunCursor implements NameCursor {
    private final Iterator<Section> sections;
    private @Nullable Section section;
    private byte[] page = {};
    private int pageRead = -1;
    private int name;
    private int namesOfPage;
    private int width;

    RunCursor(Collection<Section> sections) {
        this.sections = List.copyOf(sections).iterator();
    }

    @Override
    public boolean next() throws IOException {
        return ++name < namesOfPage || nextPage();
    }

    private boolean nextPage() throws IOException {
        while (section == null || pageRead + 1 == section.pages()) {
            if (!sections.hasNext()) {
                return false;
            }
            section = sections.next();
            width = section.width();
            page = new byte[Section.namesPerPage(width) * width];
            pageRead = -1;
        }
        section.read(++pageRead, page);
        namesOfPage = section.namesOf(pageRead);
        name = 0;
        return true;
    }

    @Override
    public byte[] bytes() {
        return page;
    }

    @Override
    public int offset() {
        return name * width;
    }

    @Override
    public int length() {
        return width;
    }
}
