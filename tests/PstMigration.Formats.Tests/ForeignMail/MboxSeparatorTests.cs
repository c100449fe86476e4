using System.Text;
using PstMigration.Formats.Tests.Trees;
using PstMigration.Mapi;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Formats.Tests.ForeignMail;

/// <summary>Where one message of an mbox file ends and the next begins.</summary>
public sealed class MboxSeparatorTests
{
    private const string From = "From a@b.c Sun Mar  1 09:30:00 2026\n";

    [Theory]
    [InlineData("B08-from-line-url.mbox", "From our web site you can get it:\r\nhttp://example.com/file\r\nbye")]
    [InlineData("B08-from-line-date.mbox", "From 3 Mar to 5 Mar, 10:00 each day\r\nwe are closed")]
    public void A_sentence_is_no_separator(string file, string text)
    {
        MapiItem[] items = Read(Path.Combine(TestData.Corpus, "mail", file));

        Assert.Equal(2, items.Length);
        Assert.Equal("Hello\r\n\r\n" + text, Corpus.Text(items[0]));
        Assert.Equal("next", items[1].Subject);
    }

    [Theory]
    [InlineData("From aki@example.jp Tue Mar  3 10:20:30 2015", "2015-03-03T10:20:30")]
    [InlineData("From aki@example.jp Tue Mar 3 10:20 2015", "2015-03-03T10:20:00")]
    [InlineData("From - Tue Mar 03 10:20:30 2015", "2015-03-03T10:20:30")]
    [InlineData("From 123456@xxx Tue Mar 03 10:20:30 +0000 2015", "2015-03-03T10:20:30")]
    [InlineData("From aki Tue Mar  3 10:20:30 2015 +0900", "2015-03-03T01:20:30")]
    [InlineData("From aki Tue Mar  3 10:20:30 JST 2015 remote from host", "2015-03-03T01:20:30")]
    [InlineData("From ???@??? Tue Mar 03 10:20:30 2015", "2015-03-03T10:20:30")]
    [InlineData("From \"Foo Bar\" <a@b.c> Tue Mar 03 10:20:30 2015", "2015-03-03T10:20:30")]
    [InlineData("From a@b.c Tue, 03 Mar 2015 10:20:30 +0900", "2015-03-03T01:20:30")]
    [InlineData("From a@b.c 2015-03-03T10:20:30Z", "2015-03-03T10:20:30")]
    [InlineData("From aki@example.jp Di Mär  3 10:20:30 2015", null)]
    [InlineData("From aki@example.jp mi\u00E9. avr.  3 10:20:30 2015", "2015-04-03T10:20:30")]
    [InlineData("From -", null)]
    [InlineData("From a@b.c", null)]
    [InlineData("From ", null)]
    public void Separators_have_many_forms(string line, string? time)
    {
        using Folder folder = new();
        File.WriteAllText(folder.At("x"), line + "\nSubject: a\n\nx\n\n" + line + "\nSubject: b\n\ny\n");

        MboxMessage[] messages = [.. MboxReader.Read(folder.At("x"))];

        Assert.True(MboxReader.IsMbox(folder.At("x")));
        Assert.Equal(2, messages.Length);
        Assert.All(messages, m => Assert.Equal(time, m.Time?.ToString("s", System.Globalization.CultureInfo.InvariantCulture) is string known ? m.Time!.Value.UtcDateTime.ToString("s", System.Globalization.CultureInfo.InvariantCulture) : null));
    }

    [Theory]
    [InlineData("From memory, it was")]
    [InlineData("From my (non technical end)")]
    [InlineData("From Monday on: nothing")]
    [InlineData("From our web site you can get it:\nhttp://example.com/file")]
    [InlineData("From 3 Mar 2015 to 5 Mar 2015, 10:00 each day\nclosed")]
    [InlineData("From Tue Mar 3 10:20 2015 we are closed\nSubject: none")]
    [InlineData("From a@b.c Tue Mar  3 10:20:30 2015\nhe wrote no header")]
    [InlineData("From here:\nNote: this is text")]
    [InlineData("From the\nbeginning")]
    public void Text_is_never_lost(string text)
    {
        using Folder folder = new();
        File.WriteAllText(folder.At("x"), From + "Subject: a\n\nHello\n\n" + text + "\n\nbye\n\n" + From + "Subject: b\n\ny\n");

        MapiItem[] items = Read(folder.At("x"));

        Assert.Equal(["a", "b"], items.Select(i => i.Subject));
        Assert.Equal("Hello\n\n" + text + "\n\nbye", Corpus.Text(items[0]).Replace("\r\n", "\n"));
    }

    [Theory]
    [InlineData("\uFEFF" + From + "Subject: a\n\nx\n", "a:x")]
    [InlineData("\n\r\n" + From + "Subject: a\n\nx\n", "a:x")]
    [InlineData("Subject: first\n\nbefore\n\n" + From + "Subject: a\n\nx\n", "first:before|a:x")]
    [InlineData("From a@b.c Sun Mar  1 09:30:00 2026\rSubject: a\r\rx\r\r>From y\r\rFrom a@b.c Sun Mar  1 09:30:00 2026\rSubject: b\r\ry\r", "a:x\n\n>From y|b:y")]
    public void Nothing_before_the_first_separator_is_lost(string text, string expected)
    {
        using Folder folder = new();
        File.WriteAllText(folder.At("x"), text, new UTF8Encoding(false));

        Assert.Equal(expected, string.Join("|", Read(folder.At("x")).Select(i => i.Subject + ":" + Corpus.Text(i).Replace("\r\n", "\n"))));
    }

    private static MapiItem[] Read(string path) =>
        [.. MboxReader.Read(path).Select(m => MimeImport.Read(m.Open(path), new MimeImportOptions { IsFromOwnFile = true, StoredTime = m.Time }))];
}
