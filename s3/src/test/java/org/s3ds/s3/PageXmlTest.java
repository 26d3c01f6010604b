package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a page of a listing, and what is none. */
final class PageXmlTest {
    private static final String OBJECT = "<Contents><Key>K</Key><Size>7</Size></Contents>";

    @Test
    void whatServersSayBesideNamesAndSizesIsPassedOver() throws ParseException {
        PageXml page = read("""
                <?xml version="1.0" encoding="UTF-8"?>
                <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name><Prefix></Prefix>
                  <KeyCount>2</KeyCount><IsTruncated>true</IsTruncated><!-- of many -->
                  <Contents><Owner><ID>1</ID><Key>not the name</Key></Owner><Key>a&amp;b/&#x65E5;</Key>
                    <ETag>&quot;e&quot;</ETag><Size>0</Size><StorageClass>STANDARD</StorageClass></Contents>
                  <CommonPrefixes><Prefix>p/</Prefix></CommonPrefixes>
                  <Contents><Size>999999999999</Size><Key><![CDATA[<c> d+%41]]></Key></Contents>
                  <NextContinuationToken>t&lt;1</NextContinuationToken></ListBucketResult>
                """);
        assertEquals(List.of(new Listed("a&b/日", 0), new Listed("<c> d+%41", 999_999_999_999L)), page.objects());
        assertEquals(Optional.of(true), page.more());
        assertEquals(Optional.of("t<1"), page.token());
    }

    @Test
    void namesAreDecodedWhenTheServerSaysThatItEncodesThem() throws ParseException {
        PageXml page = read("<ListBucketResult><Contents><Key>a+b%2Fc%E6%97%A5%2b</Key><Size>1</Size></Contents>"
                + "<EncodingType>url</EncodingType></ListBucketResult>");
        assertEquals(List.of(new Listed("a b/c日+", 1)), page.objects());
        assertEquals(Optional.empty(), page.more());
        assertEquals(Optional.empty(), page.token());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-02T03:04:05Z", "2026-01-02T03:04:05.000Z", "2026-01-02T05:04:05+02:00"})
    void timesAreReadAsServersWriteThem(String time) throws ParseException {
        Listed object = new Listed("K", 7, Optional.of(Instant.parse("2026-01-02T03:04:05Z")));
        assertEquals(
                List.of(object), PageXml.read(dated(time).getBytes(UTF_8), true).objects());
        assertEquals(List.of(new Listed("K", 7)), read(dated(time)).objects());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-01-02", "Fri, 02 Jan 2026 03:04:05 GMT"})
    void anObjectWhoseTimeCannotBeReadIsAnErrorForWhoAsksForTimes(String time) throws ParseException {
        assertThrows(ParseException.class, () -> PageXml.read(dated(time).getBytes(UTF_8), true));
        assertThrows(
                ParseException.class,
                () -> PageXml.read(("<ListBucketResult>" + OBJECT + "</ListBucketResult>").getBytes(UTF_8), true));
        assertEquals(List.of(new Listed("K", 7)), read(dated(time)).objects());
    }

    private static String dated(String time) {
        return "<ListBucketResult><Contents><Key>K</Key><LastModified>" + time
                + "</LastModified><Size>7</Size></Contents></ListBucketResult>";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Welcome! Please log in.",
                "<!DOCTYPE html><html><body>Welcome!</body></html>",
                "<html><br></html>",
                "<Error><Code>InternalError</Code></Error>",
                "<ListAllMyBucketsResult/>",
                "<ListBucketResult>" + OBJECT,
                "<ListBucketResult>" + OBJECT + "</ListBucketResult></ListBucketResult>",
                "<ListBucketResult>" + OBJECT + "</ListBucketResult><ListBucketResult/>",
                "<ListBucketResult>text" + OBJECT + "</ListBucketResult>",
                "<!DOCTYPE a [<!ENTITY b \"c\">]><ListBucketResult/>",
                "<ListBucketResult><Contents><Key>K&b;</Key><Size>7</Size></Contents></ListBucketResult>",
                "<ListBucketResult><Contents><Key>K&#1;</Key><Size>7</Size></Contents></ListBucketResult>",
                "<ListBucketResult><Contents><Key>K<b/></Key><Size>7</Size></Contents></ListBucketResult>",
                "<ListBucketResult><Contents><Key>K</Key></Contents></ListBucketResult>",
                "<ListBucketResult><Contents><Size>7</Size></Contents></ListBucketResult>",
                "<ListBucketResult><Contents><Key/><Size>7</Size></Contents></ListBucketResult>",
                "<ListBucketResult><Contents><Key>K</Key><Size/></Contents></ListBucketResult>",
                "<ListBucketResult><Contents><Key>K</Key><Size>-1</Size></Contents></ListBucketResult>",
                "<ListBucketResult><Contents><Key>K</Key><Size>9999999999999999999</Size></Contents></ListBucketResult>",
                "<ListBucketResult><IsTruncated>perhaps</IsTruncated></ListBucketResult>"
            })
    void whatIsNoPageIsNotRead(String text) {
        assertThrows(ParseException.class, () -> read(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "a%4", "%zz", "%4g", "%-1", "%ff", "%ed%a0%80", "a%c3"})
    void aNameThatCannotBeDecodedIsAnError(String name) {
        String text = "<ListBucketResult><EncodingType>url</EncodingType><Contents><Key>" + name
                + "</Key><Size>1</Size></Contents></ListBucketResult>";
        assertThrows(ParseException.class, () -> read(text));
    }

    @Test
    void bytesThatAreNoUtf8AreAnError() {
        byte[] latin = "<ListBucketResult><Contents><Key>\u00e4</Key><Size>1</Size></Contents></ListBucketResult>"
                .getBytes(ISO_8859_1);
        assertThrows(ParseException.class, () -> PageXml.read(latin, false));
    }

    private static PageXml read(String text) throws ParseException {
        return PageXml.read(text.getBytes(UTF_8), false);
    }
}
