using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Formats.Tests.Trees;

public sealed class MailFormatsTests
{
    private const string Message = "Subject: one\n\nText\n";
    private const string Mbox = "From a@b.c Sun Mar  1 09:30:00 2026\n" + Message;

    [Theory]
    [InlineData("a.eml", Message, "Eml")]
    [InlineData("A.EML", "", "Eml")]
    [InlineData("Inbox", Mbox, "Mbox")]
    [InlineData("x.mbox", Mbox, "Mbox")]
    [InlineData("x.mbox", Message, null)]
    [InlineData("letter.txt", "From me to you\n\nHello\n", null)]
    [InlineData("empty", "", null)]
    [InlineData("old.pst", "!BDN\0\0\0\0SM", null)]
    public void A_file_is_told_by_its_name_or_how_it_begins(string name, string text, string? expected)
    {
        using Folder folder = new();
        File.WriteAllText(folder.At(name), text);

        Assert.Equal(expected, Detect(folder.At(name)));
    }

    [Theory]
    [InlineData("cur/ new/ tmp/", "Maildir")]
    [InlineData("cur/ new/ a.eml", "Maildir")]
    [InlineData("cur/", null)]
    [InlineData("a/b/c/d.eml", "Eml")]
    [InlineData("a/b.eml Inbox", "Eml")]
    [InlineData("Inbox Inbox.msf", "Mbox")]
    [InlineData("Inbox.sbd/2026", "Mbox")]
    [InlineData("a/ b/c/", null)]
    [InlineData("notes.msf", null)]
    [InlineData("", null)]
    public void A_directory_is_told_by_what_is_in_it(string entries, string? expected)
    {
        using Folder folder = new();
        Make(folder, entries);

        Assert.Equal(expected, Detect(folder.Path));
    }

    [Theory]
    [InlineData("", "Eml")]
    [InlineData("", "Maildir")]
    [InlineData("a.eml", "Mbox")]
    [InlineData("a.eml", "Maildir")]
    [InlineData("Inbox", "Eml")]
    [InlineData("notes.msf", "Mbox")]
    public void A_directory_without_mail_is_an_error(string entries, string kind)
    {
        using Folder folder = new();
        Make(folder, entries);

        MailDataException error = Assert.Throws<MailDataException>(() => Open(folder.Path, kind));
        Assert.Equal("MailFilesNotRecognized", error.Id);
        Assert.Contains(folder.Path, error.Message);
    }

    [Fact]
    public void What_is_not_there_is_unreadable()
    {
        using Folder folder = new();
        foreach (string kind in new[] { "Mbox", "Maildir", "Eml" })
        {
            MailDataException error = Assert.Throws<MailDataException>(() => Open(folder.At("none"), kind).ReadFoldersAsync(default).GetAsyncEnumerator().MoveNextAsync().AsTask().GetAwaiter().GetResult());
            Assert.Equal("SourceUnreadable", error.Id);
        }
    }

    [Theory]
    [InlineData("message", Message, "Eml")]
    [InlineData("cur/1.a.b:2,S", Message, "Maildir")]
    [InlineData("Inbox a.eml", Mbox, "Mbox")]
    public async Task A_kind_that_is_named_is_not_asked_for(string entries, string text, string kind)
    {
        using Folder folder = new();
        Make(folder, entries, text);
        string path = kind == "Eml" ? folder.At(entries) : folder.Path;

        List<(SourceFolder Folder, ItemKey Key, MapiItem Item)> items = await Store.ReadAsync(Open(path, kind));

        Assert.Equal("one", Assert.Single(items).Item.Subject);
    }

    /// <summary>Names of folders are the same whatever their case; those of directories and files need not be.</summary>
    [Theory]
    [InlineData("Work/a.eml work/a.eml", "Eml")]
    [InlineData("Work/cur/1.a.b:2,S work/cur/1.a.b:2,S WORK/cur/1.a.b:2,S", "Maildir")]
    [InlineData(".Work/cur/1.a.b:2,S .work/cur/1.a.b:2,S cur/1.a.b:2,S", "Maildir")]
    [InlineData("Work work WORK work.sbd/Sub WORK.sbd/sub", "Mbox")]
    public async Task Names_that_differ_by_case_alone_lose_no_mail(string entries, string kind)
    {
        using Folder folder = new();
        string[] names = entries.Split(' ');
        Make(folder, entries, kind == "Mbox" ? Mbox : Message);
        Assert.SkipWhen(folder.Files().Length < names.Length, "The file system takes such names for one.");

        List<(SourceFolder Folder, ItemKey Key, MapiItem Item)> items = await Store.ReadAsync(Open(folder.Path, kind));

        Assert.Equal(names.Length, items.Count);
        Assert.Equal(names.Length, items.Select(i => i.Key).Distinct().Count());
        Assert.Equal(names.Length, items.Select(i => i.Folder.Path).Distinct().Count());
    }

    [Fact]
    public void Formats_are_found_by_name()
    {
        ItemFormats formats = new(MailFormats.All);

        Assert.Equal(["Maildir", "Eml", "Mbox", "Html", "Text", "Json", "Csv", "Attachment"], formats.All.Select(f => f.Id));
        Assert.Same(MailFormats.Html, formats.Find("html"));
        Assert.All(formats.All, f => Assert.True(f.CanWrite));
        Assert.Equal(["Maildir", "Eml", "Mbox"], formats.All.Where(f => f.CanRead).Select(f => f.Id));
    }

    private static string? Detect(string path) => new ItemFormats(MailFormats.All).Detect(path)?.Id;

    private static IItemSource Open(string path, string kind) => new ItemFormats(MailFormats.All).Find(kind)!.OpenSource(path, new ItemSourceOptions());

    private static void Make(Folder folder, string entries, string? text = null)
    {
        foreach (string entry in entries.Split(' ').Where(e => e.Length > 0))
        {
            string path = folder.At(entry.TrimEnd('/').Split('/'));
            if (entry[entry.Length - 1] == '/')
            {
                Directory.CreateDirectory(path);
                continue;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            string kind = Path.GetExtension(entry);
            File.WriteAllText(path, kind is ".eml" or ".msf" ? Message : text ?? Mbox);
        }
    }
}
