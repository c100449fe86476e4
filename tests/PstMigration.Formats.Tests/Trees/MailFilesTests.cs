using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Formats.Tests.Trees;

public sealed class MailFilesTests
{
    private const string Message = "Subject: one\n\nText\n";
    private const string Mbox = "From a@b.c Sun Mar  1 09:30:00 2026\n" + Message;

    [Theory]
    [InlineData("a.eml", Message, MailFileKind.Eml)]
    [InlineData("A.EML", "", MailFileKind.Eml)]
    [InlineData("Inbox", Mbox, MailFileKind.Mbox)]
    [InlineData("x.mbox", Mbox, MailFileKind.Mbox)]
    [InlineData("x.mbox", Message, null)]
    [InlineData("letter.txt", "From me to you\n\nHello\n", null)]
    [InlineData("empty", "", null)]
    [InlineData("old.pst", "!BDN\0\0\0\0SM", null)]
    public void A_file_is_told_by_its_name_or_how_it_begins(string name, string text, MailFileKind? expected)
    {
        using Folder folder = new();
        File.WriteAllText(folder.At(name), text);

        Assert.Equal(expected, MailFiles.Detect(folder.At(name)));
    }

    [Theory]
    [InlineData("cur/ new/ tmp/", MailFileKind.Maildir)]
    [InlineData("cur/ new/ a.eml", MailFileKind.Maildir)]
    [InlineData("cur/", null)]
    [InlineData("a/b/c/d.eml", MailFileKind.Eml)]
    [InlineData("a/b.eml Inbox", MailFileKind.Eml)]
    [InlineData("Inbox Inbox.msf", MailFileKind.Mbox)]
    [InlineData("Inbox.sbd/2026", MailFileKind.Mbox)]
    [InlineData("a/ b/c/", null)]
    [InlineData("notes.msf", null)]
    [InlineData("", null)]
    public void A_directory_is_told_by_what_is_in_it(string entries, MailFileKind? expected)
    {
        using Folder folder = new();
        Make(folder, entries);

        Assert.Equal(expected, MailFiles.Detect(folder.Path));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("a.eml", MailFileKind.Mbox)]
    [InlineData("a.eml", MailFileKind.Maildir)]
    [InlineData("Inbox", MailFileKind.Eml)]
    [InlineData("notes.msf", null)]
    public void A_directory_without_mail_is_an_error(string entries, MailFileKind? kind)
    {
        using Folder folder = new();
        Make(folder, entries);

        MailDataException error = Assert.Throws<MailDataException>(() => MailFiles.Open(folder.Path, kind));
        Assert.Equal("MailFilesNotRecognized", error.Id);
        Assert.Contains(folder.Path, error.Message);
    }

    [Fact]
    public void What_is_not_there_is_unreadable()
    {
        using Folder folder = new();
        foreach (MailFileKind? kind in new MailFileKind?[] { null, MailFileKind.Mbox, MailFileKind.Maildir, MailFileKind.Eml })
        {
            MailDataException error = Assert.Throws<MailDataException>(() => MailFiles.Open(folder.At("none"), kind).ReadFoldersAsync(default).GetAsyncEnumerator().MoveNextAsync().AsTask().GetAwaiter().GetResult());
            Assert.Equal("SourceUnreadable", error.Id);
        }
    }

    [Theory]
    [InlineData("message", Message, MailFileKind.Eml)]
    [InlineData("cur/1.a.b:2,S", Message, MailFileKind.Maildir)]
    [InlineData("Inbox a.eml", Mbox, MailFileKind.Mbox)]
    public async Task A_kind_that_is_named_is_not_asked_for(string entries, string text, MailFileKind kind)
    {
        using Folder folder = new();
        Make(folder, entries, text);
        string path = kind == MailFileKind.Eml ? folder.At(entries) : folder.Path;

        List<(SourceFolder Folder, ItemKey Key, MapiItem Item)> items = await Store.ReadAsync(MailFiles.Open(path, kind));

        Assert.Equal("one", Assert.Single(items).Item.Subject);
    }

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
