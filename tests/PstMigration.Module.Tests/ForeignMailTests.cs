using System.Management.Automation;
using PstMigration.Module.Tests.RoundTrip;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>Import-PstItem of mail that went wrong in other programs, as libpff sees what came of it; and its way out again.</summary>
public sealed class ForeignMailTests : IDisposable
{
    private static readonly string s_mail = Path.Combine(TestData.Corpus, "mail");

    /// <summary>What people see of some: the author, the time it was sent, the text or the HTML, and the sizes of the files, hidden ones in brackets.</summary>
    private static readonly (string Subject, string Sender, string Sent, string Text, string Files)[] s_seen =
    [
        ("related-no-html", "Aki Test", "2015-03-03 01:20:30", "As promised.", "22"),
        ("related-pdf", "Aki Test", "2015-03-03 01:20:30", "Hello", "(70) 22"),
        ("mixed footer", "a@example.jp", "2015-03-03 01:20:30", "The whole message is here.|Company disclaimer", ""),
        ("from-dots", "aki..test.@docomo.example", "2015-03-03 01:20:30", "x", ""),
        ("from-dots2", "a.b.", "2015-03-03 01:20:30", "x", ""),
        ("cr-only", "Aki Test", "2015-03-03 01:20:30", "x", ""),
        ("a11", "A", "2015-03-03 01:20:30", "lost?", ""),
        ("boundary-missing-param", "Aki Test", "2015-03-03 01:20:30", "text no boundary param", ""),
        ("no blank line", "a@example.com", "2015-03-03 01:20:30", "This is the body without blank line|more text", ""),
        ("a8", "A", "2015-03-03 01:20:30", "body seen?", ""),
        ("Invitation: desc", "A", "2015-03-03 01:20:30", "Dial in: https://example.com/j/123|PIN 9876", ""),
        ("Invitation: rdate", "A", "2015-03-03 01:20:30", "", "423"),
        ("tn-badsum", "A", "2015-03-03 01:20:30", "see winmail", "131 3"),
        ("dots", "A", "2012-07-17 17:38:50", "x", ""),
        ("gmt-offset", "A", "2015-03-03 01:20:30", "x", ""),
        ("h24", "A", "2015-03-04 00:00:00", "x", ""),
        ("iso", "A", "2015-03-03 01:20:30", "x", ""),
        ("zone-colon", "A", "2015-03-03 01:20:30", "x", ""),
        ("見積書", "Aki Test", "2015-03-03 01:20:30", "添付御査収下", ""),
        ("請求書", "A", "2015-03-03 01:20:30", "t", ""),
        ("alt-named", "Aki Test", "2015-03-03 01:20:30", "plain body", ""),
        ("fl-sig", "A", "2015-03-03 01:20:30", "How are you today?|-- |Signature|Phone 1", ""),
        ("amp", "Aki Test", "2015-03-03 01:20:30", "plain", ""),
        ("appledouble", "Aki Test", "2015-03-03 01:20:30", "mac file", "22"),
        ("b64-garbage", "Aki Test", "2015-03-03 01:20:30", "Hello world|-- |mailing list footer in clear text", ""),
        ("ユニコード", "Aki Test", "2015-03-03 01:20:30", "本文", ""),
        ("cmacr", "Aki Test", "2015-03-03 01:20:30", "café", ""),
        ("r01-docomo", "MAILER-DAEMON@mx.example", "2015-03-03 01:20:30", "failed", "114"),
        ("m01-garbage", "MAILER-DAEMON@mx.example", "2015-03-03 01:20:30", "read", "12"),
        ("c-9999-date", "A", "2015-03-03 01:20:30", "", "210"),
        ("cid-paren", "A", "2015-03-03 01:20:30", "", "(70)"),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("foreign-mail-").FullName;

    private string Target => Path.Combine(_folder, "target.pst");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_mail_arrives_as_its_sender_meant_it()
    {
        using EngineSession session = StagedModule.Import();
        int files = Directory.GetFiles(s_mail, "*.eml").Length;

        PSObject[] results = [.. session.InvokeClean($"Import-PstItem '{s_mail}/*.eml' -Destination '{Target}'")];

        Assert.Equal(Enumerable.Repeat((1, 0), files), results.Select(r => (Count(r, "Copied"), Count(r, "Failed"))));
        IReadOnlyList<ListedItem> listed = ForeignProgram.ListWithLibpff(Target);
        Assert.Equal(files, listed.Count);
        Assert.Equal(s_seen, s_seen.Select(s => Seen(listed.Single(i => i.Subject == s.Subject))));
        Assert.Equal("True", session.InvokeClean($"(Test-PstFile '{Target}' -OwnWriter).IsValid").Single().ToString());
    }

    [Theory]
    [InlineData("Eml")]
    [InlineData("Mbox")]
    [InlineData("Maildir")]
    [InlineData("Html")]
    [InlineData("Text")]
    [InlineData("Json")]
    [InlineData("Csv")]
    public void Every_mail_goes_out_again(string format)
    {
        using EngineSession session = StagedModule.Import();
        session.InvokeClean($"Import-PstItem '{s_mail}/*.eml' -Destination '{Target}'");
        string[] subjects = Subjects(session, Target);

        PSObject exported = session.InvokeClean($"Export-PstItem '{Target}' -Destination '{_folder}/out' -Format {format} -WarningAction Ignore").Single();

        Assert.Equal((subjects.Length, 0), (Count(exported, "Copied"), Count(exported, "Failed")));
        if (format is "Eml" or "Mbox" or "Maildir")
        {
            string back = Path.Combine(_folder, "back.pst");
            session.InvokeClean($"Import-PstItem '{_folder}/out/target' -Destination '{back}'");
            Assert.Equal(subjects, Subjects(session, back));
        }
    }

    /// <summary>What looks like a separator and is none, and the time in one.</summary>
    [Theory]
    [InlineData("B08-from-line-url.mbox", "bfu 2015-03-03 01:20:30 Hello|From our web site you can get it:|http://example.com/file|bye", "next 2015-03-03 01:20:30 body of next")]
    [InlineData("B08-from-line-date.mbox", "bfd 2015-03-03 01:20:30 Hello|From 3 Mar to 5 Mar, 10:00 each day|we are closed", "next 2015-03-03 01:20:30 body of next")]
    [InlineData("B11-no-date.mbox", "nd1 2009-03-07 10:20:30 body of nd1", "nd2 2009-03-08 10:20:30 body of nd2")]
    public void Messages_of_an_mbox_file_are_whole(string name, params string[] messages)
    {
        using EngineSession session = StagedModule.Import();

        session.InvokeClean($"Import-PstItem '{Path.Combine(s_mail, name)}' -Destination '{Target}'");

        Assert.Equal(messages, ForeignProgram.ListWithLibpff(Target).Select(Seen).Select(s => $"{s.Subject} {s.Sent} {s.Text}"));
    }

    /// <summary>A time that was guessed is told, and told again by the copy.</summary>
    [Fact]
    public void What_was_guessed_is_told()
    {
        using EngineSession session = StagedModule.Import();
        string import = $"(Import-PstItem '{Path.Combine(s_mail, "B11-no-date.eml")}' -Destination '{Target}' -PassThru)[0]";

        PSObject[] items = [session.InvokeClean(import).Single(), session.InvokeClean(import).Single()];

        Assert.Equal(["Copied", "AlreadyThere"], items.Select(i => i.Properties["Fate"].Value.ToString()));
        Assert.All(items, i => Assert.Contains("Date: Stored", string.Join(" ", (IReadOnlyList<string>)i.Properties["Losses"].Value), StringComparison.Ordinal));
    }

    /// <summary>A message that was cut out of an mbox file still has the line before it.</summary>
    [Fact]
    public void The_line_of_an_mbox_file_tells_the_time_of_a_message()
    {
        using EngineSession session = StagedModule.Import();
        string mail = Path.Combine(_folder, "a.eml");
        File.WriteAllText(mail, "From a@example.com Tue Mar  3 10:20:30 2015\nFrom: a@example.com\nSubject: a\n\nx\n");

        session.InvokeClean($"Import-PstItem '{mail}' -Destination '{Target}'");

        Assert.Equal("2015-03-03 10:20:30", ListedItem.Second(ForeignProgram.ListWithLibpff(Target).Single().Sent));
    }

    [Fact]
    public void A_code_page_is_taken_where_a_mail_does_not_say_its_own()
    {
        using EngineSession session = StagedModule.Import();
        string mail = Path.Combine(_folder, "a.eml");
        File.WriteAllBytes(mail, [.. "From: a@example.com\r\nSubject: "u8, 0xC4, 0xC5, 0xC6, .. "\r\n\r\nx\r\n"u8]);

        session.InvokeClean($"Import-PstItem '{mail}' -Destination '{Target}' -CodePage 1253");

        Assert.Equal(["ΔΕΖ"], Subjects(session, Target));
    }

    private static (string Subject, string Sender, string Sent, string Text, string Files) Seen(ListedItem item) => (
        item.Subject!,
        item.Sender!,
        ListedItem.Second(item.Sent),
        string.Join("|", (item.Text ?? "").Split("\r\n", StringSplitOptions.RemoveEmptyEntries)),
        string.Join(" ", item.Attachments!.Select(a => a.IsHidden ? $"({a.Size})" : $"{a.Size}").Order(StringComparer.Ordinal)));

    private static string[] Subjects(EngineSession session, string path) =>
        [.. session.InvokeClean($"Get-PstItem '{path}'").Select(i => ((string)i.Properties["Subject"].Value).Trim()).Order(StringComparer.Ordinal)];

    private static int Count(PSObject result, string name) => Convert.ToInt32(result.Properties[name].Value, null);
}
