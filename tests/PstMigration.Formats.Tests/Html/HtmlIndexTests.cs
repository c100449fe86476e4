using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using PstMigration.Formats.Tests.Mime;
using PstMigration.Formats.Tests.Trees;
using PstMigration.Mapi;
using PstMigration.Transfer;
using Xunit;

namespace PstMigration.Formats.Tests.Html;

/// <summary>index.html of a tree of HTML documents, over the road every export takes.</summary>
public sealed class HtmlIndexTests
{
    private static readonly ItemTargetOptions s_utc = new() { Zone = TimeZoneInfo.Utc };

    [Fact]
    public async Task Each_document_is_listed_with_what_people_look_for()
    {
        using Folder folder = new();
        await ExportAsync(folder, Mail.Item("見積 <b>", "x", null, Mail.File("a.pdf", [1])), Mail.Item("second"));

        JsonElement row = Rows(folder).Single(r => r[4].GetString() == "見積 <b>");

        Assert.Equal("山田 太郎 <taro@example.jp>", row[2].GetString());
        Assert.Equal(Mail.Sent.ToUnixTimeSeconds() / 60, row[1].GetInt64());
        Assert.Equal("a.pdf", row[5].GetString());
        Assert.True(File.Exists(folder.At("Inbox", row[0].GetString()!)));
        Assert.Equal(2, Rows(folder).Length);
    }

    [Fact]
    public async Task A_second_run_opens_nothing_and_changes_nothing()
    {
        using Folder folder = new();
        MapiItem[] items = [Mail.Item("a"), Mail.Item("b")];
        await ExportAsync(folder, items);
        (string, DateTime)[] before = Index(folder);

        // What the documents say does not count as long as the index remembers them.
        Array.ForEach(Directory.GetFiles(folder.At("Inbox"), "*.html"), f => Overwrite(f, "nothing"));
        await ExportAsync(folder, items);

        Assert.Equal(before, Index(folder));
        Assert.Equal(["a", "b"], Rows(folder).Select(r => r[4].GetString()));
    }

    [Fact]
    public async Task An_index_that_is_gone_or_torn_is_made_from_the_documents()
    {
        using Folder folder = new();
        MapiItem[] items = [Mail.Item("a & \"b\"", "x", null, Mail.File("c; d.txt", [1]), Mail.File("e.txt", [2])), Mail.Item("</td>")];
        await ExportAsync(folder, items);
        string[] before = [.. Rows(folder).Select(r => r.GetRawText())];
        foreach (Action spoil in new Action[]
        {
            () => File.Delete(folder.At("index.html")),
            () => Directory.Delete(folder.At(".pstmigration-index"), recursive: true),
            () => File.WriteAllText(Directory.GetFiles(folder.At(".pstmigration-index")).First(), "mailPage(\"x\",[[1,"),
            () => File.WriteAllText(Directory.GetFiles(folder.At(".pstmigration-index")).First(), "mailPage(\"x\",[{},[1],7])"),
        })
        {
            spoil();
            await ExportAsync(folder, items);
            Assert.Equal(before, Rows(folder).Select(r => r.GetRawText()));
        }
    }

    [Fact]
    public async Task A_document_that_is_replaced_moved_or_deleted_is_listed_as_it_is_now()
    {
        using Folder folder = new();
        await ExportAsync(folder, Mail.Item("old"), Mail.Item("stays"), Mail.Item("goes"));
        File.Delete(Directory.GetFiles(folder.At("Inbox"), "*goes*").Single());
        Directory.CreateDirectory(folder.At("Elsewhere"));
        string moved = Directory.GetFiles(folder.At("Inbox"), "*stays*").Single();
        File.Move(moved, folder.At("Elsewhere", Path.GetFileName(moved)));

        await ExportAsync(folder, Mail.Item("new"), Mail.Item("stays"));

        Assert.Equal(["stays", "new"], Rows(folder).Select(r => r[4].GetString()).OrderByDescending(s => s, StringComparer.Ordinal));
        Assert.Equal([("Elsewhere", 1), ("Inbox", 1)], Folders(folder).OrderBy(f => f.Name, StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_index_of_others_stays()
    {
        using Folder folder = new();
        File.WriteAllText(folder.At("index.html"), "mine");

        await ExportAsync(folder, Mail.Item("a"));

        Assert.Equal("mine", File.ReadAllText(folder.At("index.html")));
    }

    [Fact]
    public async Task A_folder_called_like_the_index_gets_another_directory()
    {
        using Folder folder = new();
        await Store.CopyAsync(new Store(("index.html", FolderRole.None, [Mail.Item("a")]), (".pstmigration-index", FolderRole.None, [Mail.Item("b")])), MailFormats.Html, folder.Path, s_utc);

        Assert.True(File.Exists(folder.At("index.html")));
        Assert.Equal([".pstmigration-index", "index.html"], Folders(folder).Select(f => f.Name));
        Assert.Equal(2, Rows(folder).Length);
    }

    [Fact]
    public async Task The_policy_lets_run_what_is_there_and_text_of_mail_stays_text()
    {
        using Folder folder = new();
        await ExportAsync(folder, Mail.Item("</script><script>alert(1)</script>\u2028x"));
        string html = File.ReadAllText(folder.At("index.html"));

        string policy = System.Net.WebUtility.HtmlDecode(Regex.Match(html, "Content-Security-Policy\" content=\"([^\"]*)\"").Groups[1].Value);
        Assert.StartsWith("default-src 'none'; script-src 'sha256-", policy);
        Assert.Contains(Hash(Between(html, "<script>", "</script>")), policy);
        Assert.Contains(Hash(Between(html, "<style>", "</style>")), policy);
        Assert.Equal(2, html.Split(["<script"], StringSplitOptions.None).Length - 1);
        string page = File.ReadAllText(Directory.GetFiles(folder.At(".pstmigration-index")).Single());
        Assert.DoesNotContain("<", page);
        Assert.DoesNotContain("\u2028", page);
    }

    [Fact]
    public async Task Attachments_lie_beside_the_document_and_are_linked()
    {
        using Folder folder = new();
        await ExportAsync(folder, Mail.Item("a#1 100%", "x", null, Mail.File("見積 #1 50%.pdf", [1, 2]), Mail.File("見積 #1 50%.pdf", [3])));

        string document = Directory.GetFiles(folder.At("Inbox"), "*.html").Single();
        byte[][] files = [.. Links(document).Select(File.ReadAllBytes)];

        Assert.Equal([[1, 2], [3]], files);
        Assert.All(Links(document), f => Assert.Equal(Path.ChangeExtension(document, ".files"), Path.GetDirectoryName(f)));
    }

    [Fact]
    public async Task Two_versions_side_by_side_lead_to_their_own_files()
    {
        using Folder folder = new();
        await ExportAsync(folder, Mail.Item("a", "x", null, Mail.File("f.txt", [1])));
        string first = Directory.GetFiles(folder.At("Inbox"), "*.html").Single();
        File.SetLastWriteTimeUtc(first, DateTime.UtcNow);

        await ExportAsync(folder, Mail.Item("a", "changed", null, Mail.File("f.txt", [2])));
        string second = Directory.GetFiles(folder.At("Inbox"), "* (2).html").Single();

        Assert.Equal([1], File.ReadAllBytes(Links(first).Single()));
        Assert.Equal([2], File.ReadAllBytes(Links(second).Single()));
        Assert.Equal(2, Rows(folder).Length);
    }

    [Fact]
    public async Task Files_of_a_document_are_no_mail()
    {
        using Folder folder = new();
        MapiItem outer = Mail.Item("outer", "x", null, Mail.File("inner.eml", Encoding.ASCII.GetBytes("Subject: inner\r\n\r\nx")));
        await ExportAsync(folder, outer);
        Assert.False(MailFormats.Eml.Detect(folder.Path));

        await Store.CopyAsync(new Store(("Inbox", FolderRole.Inbox, [outer])), MailFormats.Eml, folder.Path, s_utc);
        await using IItemSource source = MailFormats.Eml.OpenSource(folder.Path, new ItemSourceOptions());
        Assert.Equal(["outer"], (await Store.ReadAsync(source)).Select(i => i.Item.Subject));
    }

    private static Task<TransferSummary> ExportAsync(Folder folder, params MapiItem[] items) =>
        Store.CopyAsync(new Store(("Inbox", FolderRole.Inbox, items)), MailFormats.Html, folder.Path, s_utc);

    private static string[] Links(string document) =>
    [
        .. Regex.Matches(File.ReadAllText(document), "<a href=\"(\\./[^\"]*)\"").Cast<Match>()
            .Select(m => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(document)!, Uri.UnescapeDataString(System.Net.WebUtility.HtmlDecode(m.Groups[1].Value))))),
    ];

    private static void Overwrite(string path, string text)
    {
        DateTime time = File.GetLastWriteTimeUtc(path);
        File.WriteAllText(path, text);
        File.SetLastWriteTimeUtc(path, time);
    }

    private static (string, DateTime)[] Index(Folder folder) =>
        [.. Directory.GetFiles(folder.At(".pstmigration-index")).Append(folder.At("index.html")).Select(f => (f, File.GetLastWriteTimeUtc(f)))];

    private static JsonElement Data(Folder folder) =>
        JsonDocument.Parse(Between(File.ReadAllText(folder.At("index.html")), "<script type=\"application/json\" id=\"data\">", "</script>")).RootElement;

    private static (string Name, int Count)[] Folders(Folder folder) =>
        [.. Data(folder).GetProperty("folders").EnumerateArray().Select(f => (f[0].GetString()!, f[4].GetInt32()))];

    private static JsonElement[] Rows(Folder folder) =>
    [
        .. Data(folder).GetProperty("pages").EnumerateArray().SelectMany(p =>
        {
            string text = File.ReadAllText(folder.At(".pstmigration-index", p[0].GetString() + ".js"));
            return JsonDocument.Parse(text.Substring(text.IndexOf('['), text.LastIndexOf(']') - text.IndexOf('[') + 1)).RootElement.EnumerateArray();
        }),
    ];

    private static string Between(string text, string start, string end)
    {
        int at = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return text.Substring(at, text.IndexOf(end, at, StringComparison.Ordinal) - at);
    }

    private static string Hash(string text)
    {
        using SHA256 sha = SHA256.Create();
        return "'sha256-" + Convert.ToBase64String(sha.ComputeHash(Encoding.UTF8.GetBytes(text))) + "'";
    }
}
