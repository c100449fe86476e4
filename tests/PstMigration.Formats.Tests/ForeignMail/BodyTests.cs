using System.Net;
using System.Text;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Formats.Tests.ForeignMail;

/// <summary>Which text people see.</summary>
public sealed class BodyTests
{
    [Fact]
    public void Independent_parts_are_shown_in_their_order()
    {
        MapiItem item = Corpus.Read("B02-mixed-text-html-footer.eml");

        string html = Corpus.Html(item)!;
        Assert.InRange(html.IndexOf("The whole message is here.", StringComparison.Ordinal), 0, html.IndexOf("Company disclaimer", StringComparison.Ordinal));
        Assert.Contains("The whole message is here.", Corpus.Text(item), StringComparison.Ordinal);
        Assert.Contains("Company disclaimer", Corpus.Text(item), StringComparison.Ordinal);
        Assert.Empty(item.Attachments);
    }

    [Theory]
    [InlineData("--m\r\n\r\none\r\n--m\r\n\r\ntwo\r\n", "one|two", null)]
    [InlineData("--m\r\nContent-Type: text/html\r\n\r\n<html><body>one</body></html>\r\n--m\r\n\r\nt<o\r\n", "one|t<o", "one|t&lt;o")]
    [InlineData("--m\r\nContent-Type: text/html\r\n\r\n<html><body>one</body></html>\r\n--m\r\nContent-Type: text/html\r\n\r\n<html><head><style>p{}</style></head><body>two</body></html>\r\n", "one|two", "<style>p{}</style>|one|two")]
    [InlineData("--m\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\n\r\nplain\r\n--a\r\nContent-Type: text/html\r\n\r\n<body>rich</body>\r\n--a--\r\n--m\r\n\r\nfooter\r\n", "plain|footer", "rich|footer")]
    [InlineData("--m\r\n\r\none\r\n--m\r\nContent-Type: application/pdf; name=x.pdf\r\n\r\npdf\r\n--m\r\n\r\ntwo\r\n", "one|two", null)]
    public void Parts_of_a_mixed_message_are_one_body(string parts, string text, string? html)
    {
        MapiItem item = Corpus.ReadText("Subject: x\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n" + parts + "--m--\r\n");

        AssertInOrder(text, Corpus.Text(item));
        Assert.Equal(html is null, Corpus.Html(item) is null);
        AssertInOrder(html ?? "", Corpus.Html(item) ?? "");
    }

    /// <summary>Apple Mail: the HTML side of an alternative is a mix of HTML, files and more HTML.</summary>
    [Fact]
    public void A_mix_within_an_alternative_is_its_html_side()
    {
        MapiItem item = Corpus.ReadText(
            "Subject: x\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\n\r\nall of it\r\n--a\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n"
            + "--m\r\nContent-Type: text/html\r\n\r\n<body>before</body>\r\n--m\r\nContent-Type: application/pdf; name=x.pdf\r\n\r\npdf\r\n--m\r\nContent-Type: text/html\r\n\r\n<body>behind</body>\r\n--m--\r\n--a--\r\n");

        Assert.Equal("all of it", Corpus.Text(item));
        AssertInOrder("before|behind", Corpus.Html(item)!);
        Assert.Equal(["x.pdf"], item.Attachments.Select(a => a.Name));
    }

    [Theory]
    [InlineData("B06-multipart-no-boundary.eml", "text no boundary param")]
    [InlineData("B06-multipart-boundary-typo.eml", "lost?")]
    [InlineData("B06-no-blank-before-boundary.eml", "body after no blank")]
    [InlineData("B06-no-blank-before-body.eml", "This is the body without blank line\r\nmore text")]
    [InlineData("B06-cr-only.eml", "x")]
    [InlineData("B07-content-type-text.eml", "old sun")]
    [InlineData("B07-content-type-empty.eml", "body seen?")]
    [InlineData("B18-leading-blank.eml", "x")]
    [InlineData("B18-utf16.eml", "本文")]
    public void A_body_in_a_broken_message_is_seen(string file, string text)
    {
        MapiItem item = Corpus.Read(file);

        Assert.Equal(text, Corpus.Text(item));
        Assert.Empty(item.Attachments);
        Assert.NotEmpty(item.Subject);
        Assert.NotNull(item.Properties.GetTime(PropertyTags.ClientSubmitTime));
    }

    [Theory]
    [InlineData("Subject: s\r\nContent-Type: multipart/mixed boundary=\"BB\"\r\n\r\n--BB\r\nContent-Type: text/plain\r\n\r\nseen\r\n--BB--\r\n")]
    [InlineData("Subject: s\r\nContent-Type: multipart/mixed; boundary=\"BB\r\n\r\n--BB\r\nContent-Type: text/plain\r\n\r\nseen\r\n--BB--\r\n")]
    [InlineData("Subject: s\r\nContent-Type: multipart/alternative; boundary=A\r\n\r\n--A\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n--Bx\r\n\r\nseen\r\n--Bx--\r\n--A--\r\n")]
    [InlineData("Subject: s\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\nseen\r\n")]
    [InlineData("Subject: s\r\nContent-Type: multipart/mixed; boundary=B\r\nContent-Transfer-Encoding: base64\r\n\r\nc2Vlbg==\r\n")]
    [InlineData("Subject: s\r\r\nFrom: a@b.c\r\r\n\r\r\nseen\r\r\n")]
    [InlineData("From - Tue Mar 03 10:20:30 2015\r\nSubject: s\r\n\r\nseen\r\n")]
    [InlineData("Microsoft Mail Internet Headers Version 2.0\r\nSubject: s\r\n\r\nseen\r\n")]
    [InlineData("\u00EF\u00BB\u00BFSubject: s\r\n\r\nseen\r\n")]
    [InlineData("From: a@b.c\r\nbroken line of a header\r\nSubject: s\r\n\r\nseen\r\n")]
    [InlineData("Subject: s\r\nContent-Type: weird\r\n\r\nseen\r\n")]
    [InlineData("Subject: s\r\nContent-Type: text/\r\n\r\nseen\r\n")]
    [InlineData("Subject: s\r\nContent-Type: text/x-nobody-knows\r\n\r\nseen\r\n")]
    public void More_broken_messages_are_seen(string mime)
    {
        MapiItem item = Corpus.ReadText(mime);

        Assert.Equal(("s", "seen"), (item.Subject, Corpus.Text(item)));
        Assert.Empty(item.Attachments);
    }

    [Fact]
    public void Parts_behind_the_end_of_a_multipart_are_read()
    {
        MapiItem item = Corpus.ReadText(
            "Subject: x\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\n\r\nbody\r\n--m--\r\n--m\r\nContent-Type: application/pdf; name=x.pdf\r\n\r\npdf\r\n--m--\r\n");

        Assert.Equal("body", Corpus.Text(item));
        Assert.Equal(["x.pdf"], item.Attachments.Select(a => a.Name));
    }

    [Fact]
    public void A_file_of_no_type_with_a_name_stays_a_file() =>
        Assert.Equal(["a.bin"], Corpus.ReadText("Subject: x\r\nContent-Type: file; name=a.bin\r\n\r\nx\r\n").Attachments.Select(a => a.Name));

    [Theory]
    [InlineData("Subject: s\r\nContent-Type: text/html; name=\"message.html\"\r\n\r\n<p>seen</p>\r\n")]
    [InlineData("Subject: s\r\nContent-Type: text/plain; name=\"message.txt\"\r\nContent-Disposition: inline; filename=message.txt\r\n\r\nseen\r\n")]
    [InlineData("Subject: s\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: text/plain; name=x.txt\r\n\r\nseen\r\n--m--\r\n")]
    public void A_text_that_is_the_whole_message_is_its_body_whatever_it_is_called(string mime)
    {
        MapiItem item = Corpus.ReadText(mime);

        Assert.Equal("seen", Corpus.Text(item));
        Assert.Empty(item.Attachments);
    }

    [Fact]
    public void Alternatives_may_have_names()
    {
        MapiItem item = Corpus.Read("B14-alternative-named.eml");

        Assert.Equal("plain body", Corpus.Text(item));
        Assert.Contains("html body", Corpus.Html(item), StringComparison.Ordinal);
        Assert.Empty(item.Attachments);
    }

    [Fact]
    public void A_named_text_beside_the_message_is_a_file()
    {
        MapiItem item = Corpus.ReadText(
            "Subject: x\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: text/plain; name=log.txt\r\n\r\nlog\r\n--m\r\n\r\nbody\r\n--m\r\nContent-Disposition: inline; filename=b.txt\r\n\r\nb\r\n--m--\r\n");

        Assert.Equal("body", Corpus.Text(item));
        Assert.Equal(["log.txt", "b.txt"], item.Attachments.Select(a => a.Name));
    }

    [Fact]
    public void A_signature_is_no_part_of_the_line_before_it()
    {
        Assert.Equal("How are you today?\r\n-- \r\nSignature\r\nPhone 1", Corpus.Text(Corpus.Read("B15-flowed-signature.eml")));
        Assert.Equal("one two \r\n-- \r\nSig", Flowed("one \r\ntwo \r\n-- \r\nSig\r\n"));
        Assert.Equal("> quoted twice\r\n>> deeper\r\nFrom me", Flowed("> quoted \r\n> twice\r\n>> deeper\r\n From \r\nme\r\n"));
        Assert.Equal("onetwo", Corpus.Text(Corpus.ReadText("Content-Type: text/plain; format=flowed; delsp=yes\r\n\r\none \r\ntwo\r\n")));
    }

    [Theory]
    [InlineData("B16-amp.eml", "plain", "html")]
    [InlineData("B16-alternative-reversed.eml", "poor", "<b>rich</b>")]
    public void Alternatives_nobody_chose_are_no_files(string file, string text, string html)
    {
        MapiItem item = Corpus.Read(file);

        Assert.Equal(text, Corpus.Text(item));
        Assert.Contains(html, Corpus.Html(item), StringComparison.Ordinal);
        Assert.DoesNotContain("amp", Corpus.Html(item), StringComparison.Ordinal);
        Assert.Empty(item.Attachments);
    }

    [Theory]
    [InlineData("text/enriched", "<bold>two</bold> <<x", "<b>two</b> &lt;x")]
    [InlineData("text/watch-html", "<b>two</b>", "<b>two</b>")]
    [InlineData("text/x-amp-html", "<b>two</b>", "<b>two</b>")]
    public void Other_formats_are_shown_where_there_is_no_html(string type, string content, string html)
    {
        MapiItem alone = Corpus.ReadText("Subject: x\r\nContent-Type: " + type + "\r\n\r\n" + content + "\r\n");
        MapiItem beside = Corpus.ReadText("Subject: x\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\n\r\none\r\n--a\r\nContent-Type: " + type + "\r\n\r\n" + content + "\r\n--a--\r\n");

        Assert.Contains(html, Corpus.Html(alone), StringComparison.Ordinal);
        Assert.Contains(html, Corpus.Html(beside), StringComparison.Ordinal);
        Assert.Equal("one", Corpus.Text(beside));
        Assert.Empty(beside.Attachments);
    }

    [Fact]
    public void Enriched_text_keeps_characters_of_two_halves()
    {
        MapiItem item = Corpus.ReadText("Subject: x\r\nContent-Type: text/enriched; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + Convert.ToBase64String(Encoding.UTF8.GetBytes("<bold>👍</bold> 𠮟る & 👩‍💻")));

        Assert.Contains("<b>👍</b> 𠮟る & 👩‍💻", WebUtility.HtmlDecode(Corpus.Html(item)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/calendar")]
    [InlineData("application/pdf")]
    [InlineData("text/csv")]
    public void Data_among_alternatives_is_kept(string type)
    {
        MapiItem item = Corpus.ReadText("Subject: x\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\n\r\none\r\n--a\r\nContent-Type: " + type + "\r\n\r\ndata\r\n--a--\r\n");

        Assert.Equal("one", Corpus.Text(item));
        Assert.Single(item.Attachments);
    }

    [Fact]
    public void A_second_text_among_alternatives_is_kept()
    {
        MapiItem item = Corpus.ReadText("Subject: x\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\n\r\none\r\n--a\r\n\r\ntwo\r\n--a--\r\n");

        Assert.Equal("two", Corpus.Text(item));
        Assert.Equal("one", Corpus.ContentOf(Assert.Single(item.Attachments)));
    }

    [Fact]
    public void A_footer_behind_base64_is_text()
    {
        MapiItem item = Corpus.Read("B17-base64-trailer.eml");

        Assert.Equal("Hello world\r\n-- \r\nmailing list footer in clear text", Corpus.Text(item));
        Assert.Empty(item.Attachments);
    }

    [Theory]
    [InlineData("SGVsbG8g\r\nd29ybGQ=\r\n", "Hello world", "")]
    [InlineData("SGVsbG8=\r\nSGVsbG8=\r\n", "HelloHello", "")]
    [InlineData("SGVsbG8h\r\n_______________________\r\nlist\r\n", "Hello!", "_______________________\r\nlist")]
    [InlineData("SGVs\r\nbG8h\r\nSent from my phone\r\n", "Hello!", "Sent from my phone")]
    [InlineData("SGVs!\r\nbG8h\r\n", "Hello!", "")]
    public void Base64_ends_where_it_can_be_no_longer(string encoded, string data, string behind)
    {
        MapiItem text = Corpus.ReadText("Subject: x\r\nContent-Transfer-Encoding: base64\r\n\r\n" + encoded);
        MapiItem file = Corpus.ReadText("Subject: x\r\nContent-Type: application/pdf; name=x.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n" + encoded);

        Assert.Equal(data + (behind.Length > 0 ? "\r\n" + behind : ""), Corpus.Text(text));
        Assert.Equal(data, Corpus.ContentOf(file.Attachments[0]));
    }

    /// <summary>RFC 2045 6.7: blanks at the end of a line were added on the way.</summary>
    [Theory]
    [InlineData("a= \t\r\nb\r\n", "ab")]
    [InlineData("=E6=97=  \r\n=A5 \r\nb", "\u65E5\r\nb")]
    [InlineData("a  b=20\r\nc", "a  b \r\nc")]
    [InlineData("a =\nb \nc ", "a b\r\nc")]
    public void Blanks_at_the_end_of_quoted_lines_mean_nothing(string quoted, string text) =>
        Assert.Equal(text, Corpus.Text(Corpus.ReadText("Subject: x\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + quoted)));

    [Fact]
    public void Files_in_uuencode_come_out_of_the_text()
    {
        MapiItem item = Corpus.ReadText("Subject: x\r\n\r\nbefore\r\nbegin 644 a/hello world.txt\r\n+:&5L;&\\@=V]R;&0\r\n`\r\nend\r\nbehind\r\nbegin 644 you can start here\r\nno data of one\r\n");

        Assert.Equal("before\r\nbehind\r\nbegin 644 you can start here\r\nno data of one", Corpus.Text(item));
        MapiAttachment file = Assert.Single(item.Attachments);
        Assert.Equal(("hello world.txt", "hello world"), (file.Name, Corpus.ContentOf(file)));
        Assert.Equal("text/plain", file.Properties.GetString(PropertyTags.AttachMimeTag));
        Assert.Equal(MessageFlags.HasAttachments, item.Flags);
    }

    private static string Flowed(string text) => Corpus.Text(Corpus.ReadText("Subject: x\r\nContent-Type: text/plain; format=flowed\r\n\r\n" + text));

    private static void AssertInOrder(string expected, string text)
    {
        int at = 0;
        foreach (string piece in expected.Split('|'))
        {
            int found = text.IndexOf(piece, at, StringComparison.Ordinal);
            Assert.True(found >= 0, $"'{piece}' is not in '{text}' behind {at}.");
            at = found;
        }
    }
}
