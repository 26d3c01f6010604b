package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.CharArrayReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A page of a listing as S3 writes it. It is read whole or not at all: what is no such XML, or lacks what an object
 * must have, is no page.
 *
 * @param objects in the server's order
 * @param more whether there are more; empty when the page does not say
 * @param token what gives the page after this; empty when the page does not say
 */
record PageXml(List<Listed> objects, Optional<Boolean> more, Optional<String> token) {
    /** Reads a page one element after the other. */
    private static final class Reading {
        private final XMLStreamReader xml;
        private final boolean times;
        private final List<Listed> objects = new ArrayList<>(S3Bucket.PAGE);
        private Optional<Boolean> more = Optional.empty();
        private Optional<String> token = Optional.empty();
        private boolean encoded;

        Reading(XMLStreamReader xml, boolean times) {
            this.xml = xml;
            this.times = times;
        }

        PageXml page() throws XMLStreamException, ParseException {
            xml.nextTag();
            require(xml.getLocalName().equals("ListBucketResult"), "something else than a listing");
            while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "IsTruncated" -> more = Optional.of(flag(xml.getElementText()));
                    case "NextContinuationToken" -> token = Optional.of(xml.getElementText());
                    case "EncodingType" -> encoded = xml.getElementText().equals("url");
                    case "Contents" -> objects.add(object());
                    default -> skip();
                }
            }
            while (xml.hasNext()) {
                xml.next();
            }
            return new PageXml(encoded ? decoded() : objects, more, token);
        }

        private Listed object() throws XMLStreamException, ParseException {
            String name = "";
            long size = -1;
            Optional<Instant> modified = Optional.empty();
            while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "Key" -> name = xml.getElementText();
                    case "Size" -> size = number(xml.getElementText());
                    case "LastModified" -> modified = modified();
                    default -> skip();
                }
            }
            require(!name.isEmpty() && size >= 0, "an object without a name or a size");
            require(modified.isPresent() == times, "an object without its time");
            return new Listed(name, size, modified);
        }

        private Optional<Instant> modified() throws XMLStreamException, ParseException {
            if (times) {
                return Optional.of(time(xml.getElementText()));
            }
            skip();
            return Optional.empty();
        }

        private void skip() throws XMLStreamException {
            for (int depth = 1; depth > 0; ) {
                switch (xml.next()) {
                    case XMLStreamConstants.START_ELEMENT -> depth++;
                    case XMLStreamConstants.END_ELEMENT -> depth--;
                    default -> {}
                }
            }
        }

        private List<Listed> decoded() throws ParseException {
            List<Listed> decoded = new ArrayList<>(objects.size());
            for (Listed object : objects) {
                decoded.add(object.withName(PageXml.decoded(object.name())));
            }
            return decoded;
        }
    }

    /**
     * Reads a page.
     *
     * @param times whether the times of objects are wanted; by the server's clock
     * @throws ParseException when it is none; the message says what it is instead
     */
    static PageXml read(byte[] body, boolean times) throws ParseException {
        try {
            CharBuffer text = UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            XMLStreamReader xml = factory()
                    .createXMLStreamReader(new CharArrayReader(text.array(), text.arrayOffset(), text.remaining()));
            return new Reading(xml, times).page();
        } catch (CharacterCodingException | XMLStreamException e) {
            ParseException unreadable = new ParseException("a listing that cannot be read", 0);
            unreadable.initCause(e);
            throw unreadable;
        }
    }

    /** One for each page, as it is not said to be for several threads at once; it costs little. */
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        return factory;
    }

    private static void require(boolean holds, String otherwise) throws ParseException {
        if (!holds) {
            throw new ParseException(otherwise, 0);
        }
    }

    private static boolean flag(String text) throws ParseException {
        require(text.equals("true") || text.equals("false"), "a listing that does not say whether it ends");
        return text.equals("true");
    }

    private static Instant time(String text) throws ParseException {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new ParseException("a time that is none", 0);
        }
    }

    private static long number(String text) throws ParseException {
        require(
                !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(PageXml::isDigit),
                "a size that is none");
        return Long.parseLong(text);
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }

    /** A name as {@code encoding-type=url} has it: bytes behind percent signs, and plus signs for spaces. */
    private static String decoded(String name) throws ParseException {
        if (name.indexOf('%') < 0 && name.indexOf('+') < 0) {
            return name;
        }
        ByteBuffer bytes = ByteBuffer.wrap(name.getBytes(UTF_8));
        ByteBuffer plain = ByteBuffer.allocate(bytes.capacity());
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            plain.put(next == '%' ? escaped(bytes) : next == '+' ? (byte) ' ' : next);
        }
        try {
            return UTF_8.newDecoder().decode(plain.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new ParseException("a name that cannot be decoded", 0);
        }
    }

    private static byte escaped(ByteBuffer bytes) throws ParseException {
        require(bytes.remaining() >= 2, "a name that cannot be decoded");
        int high = Character.digit(bytes.get(), 16);
        int low = Character.digit(bytes.get(), 16);
        require(high >= 0 && low >= 0, "a name that cannot be decoded");
        return (byte) (high << 4 | low);
    }
}
