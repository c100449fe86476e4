using System.Net.Sockets;
using PstMigration.Formats.Tests.Mime;
using PstMigration.Formats.Tests.Trees;
using PstMigration.Mapi;
using PstMigration.Pst;
using Xunit;

namespace PstMigration.Formats.Tests.Links;

/// <summary>Reading and writing mail opens nothing the mail refers to: no file, no UNC path, no address.</summary>
public sealed class NothingIsOpenedTests
{
    public static IEnumerable<TheoryDataRow<string>> Names => LuringItems.Names.Select(n => new TheoryDataRow<string>(n));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Whatever_a_mail_refers_to(string name)
    {
        using Bait bait = new();
        using Folder folder = new();
        MapiItem[] items = [.. bait.Addresses.Select(a => LuringItems.Make(name, a))];
        Assert.False(bait.IsTaken(), "Something was opened when the items were made.");

        await WriteEverywhereAsync(items, folder);

        Assert.False(bait.IsTaken(), "Something was opened.");
        Assert.True(folder.Files().Length > items.Length * 20);
        bait.AssertIsNotIn(folder.Files());
    }

    [Fact]
    public void A_file_that_is_opened_is_noticed()
    {
        Assert.SkipUnless(Bait.IsLinux, "Only Linux tells that a file was opened.");
        using Bait bait = new();
        Assert.False(bait.IsTaken());

        File.ReadAllText(bait.FilePath);
        Assert.True(bait.IsTaken());
        File.OpenRead(bait.Unc).Dispose();
        Assert.True(bait.IsTaken());
        Assert.False(bait.IsTaken());
    }

    [Fact]
    public void A_connection_is_noticed()
    {
        using Bait bait = new();
        Uri address = new(bait.Web);

        using (new TcpClient(address.Host, address.Port))
        {
            Assert.True(bait.IsTaken());
        }
    }

    [Fact]
    public void What_was_read_is_noticed()
    {
        using Bait bait = new();
        using Folder folder = new();
        File.Copy(bait.FilePath, folder.At("plain"));
        File.WriteAllBytes(folder.At("mail"), Mail.Bytes(Mail.Item("x", "t", null, Mail.File("a", File.ReadAllBytes(bait.FilePath)))));

        Assert.All(folder.Files(), f => Assert.ThrowsAny<Exception>(() => bait.AssertIsNotIn([f])));
    }

    [Fact]
    public async Task Links_among_files_of_mail_are_not_followed()
    {
        Assert.SkipUnless(Path.DirectorySeparatorChar == '/', "Links need a right on Windows.");
        using Bait bait = new();
        using Folder folder = new();
        await Store.CopyAsync(EmlTreeTests.Sample(), MailFormats.Eml, folder.At("eml"));
        await Store.CopyAsync(EmlTreeTests.Sample(), MailFormats.Maildir, folder.At("maildir"));
        await Store.CopyAsync(EmlTreeTests.Sample(), MailFormats.Mbox, folder.At("mbox"));
        Link(bait.FilePath, folder.At("eml", "link.eml"));
        Link(bait.FilePath, folder.At("maildir", "cur", "link:2,S"));
        Link(bait.FilePath, folder.At("mbox", "link.mbox"));
        Link(Path.GetDirectoryName(bait.FilePath)!, folder.At("eml", "directory"));

        foreach (string tree in new[] { "eml", "maildir", "mbox" })
        {
            await using IItemSource source = Open(folder.At(tree));
            Assert.Equal(6, (await Store.ReadAsync(source)).Count);
            Assert.Contains(source.Report.Notices, n => n is { Kind: SourceNoticeKind.PassedOver, Count: > 0 });
        }

        Assert.False(bait.IsTaken());
    }

    private static void Link(string target, string path)
    {
        using System.Diagnostics.Process process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("/bin/ln", $"-s \"{target}\" \"{path}\"") { UseShellExecute = false })!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private static async Task WriteEverywhereAsync(MapiItem[] items, Folder folder)
    {
        Store store = new(("Inbox", FolderRole.Inbox, items));
        await Store.CopyAsync(store, MailFormats.Eml, folder.At("eml"));
        await Store.CopyAsync(store, MailFormats.Maildir, folder.At("maildir"));
        await Store.CopyAsync(store, MailFormats.Mbox, folder.At("mbox"));
        using (PstFileBuilder builder = PstFileBuilder.Create(folder.At("a.pst")))
        {
            PstNewFolder target = builder.CreateFolder(builder.RootFolder, "x");
            Array.ForEach(items, i => builder.AddItem(target, i));
            builder.Complete();
        }

        await WriteForPeopleAsync(items, folder.At("first"));
        using PstFile pst = PstFile.Open(folder.At("a.pst"));
        foreach (IItemSource source in new IItemSource[] { Open(folder.At("eml")), Open(folder.At("maildir")), Open(folder.At("mbox")), new PstItemSource(pst) })
        {
            MapiItem[] back = [.. (await Store.ReadAsync(source)).Select(b => b.Item)];
            Assert.Equal(items.Length, back.Length);
            await WriteForPeopleAsync(back, folder.At("from-" + source.StoreKey.Split(':')[0]));
        }
    }

    private static IItemSource Open(string path) => MailFormats.All.First(f => f.CanRead && f.Detect(path)).OpenSource(path, new ItemSourceOptions());

    private static async Task WriteForPeopleAsync(MapiItem[] items, string path)
    {
        Store store = new(("x", FolderRole.None, items));
        foreach (ItemFormat format in new[] { MailFormats.Eml, MailFormats.Html, MailFormats.Text, MailFormats.Json, MailFormats.Attachment, MailFormats.Csv })
        {
            await Store.CopyAsync(store, format, format.IsOneFile ? Path.Combine(path, "a.csv") : path, new ItemTargetOptions { IncludeBinary = true });
        }

        foreach (MapiItem item in items)
        {
            Assert.NotEmpty(ItemDigester.Exact(item).ToString());
            using MemoryStream lossless = new();
            MimeExport.Write(item, lossless, new MimeExportOptions { IncludeAllProperties = true, ReplayTransportHeaders = false });
            Assert.NotEqual(0, lossless.Length);
        }
    }
}
