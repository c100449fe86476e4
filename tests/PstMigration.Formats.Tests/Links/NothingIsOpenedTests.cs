using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Threading.Tasks;
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
        foreach (string address in bait.Addresses)
        {
            using Folder folder = new();
            MapiItem item = LuringItems.Make(name, address);
            Assert.False(bait.IsTaken(), address + " was opened when the item was made");

            await WriteEverywhereAsync(item, folder);

            Assert.False(bait.IsTaken(), address + " was opened");
            Assert.NotEmpty(folder.Files());
            bait.AssertIsNotIn(folder.Files());
        }
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
        await Store.CopyAsync(EmlTreeTests.Sample(), EmlTreeTarget.Open(folder.At("eml")));
        await Store.CopyAsync(EmlTreeTests.Sample(), MaildirTarget.Open(folder.At("maildir")));
        using MboxTarget mbox = MboxTarget.Open(folder.At("mbox"));
        await Store.CopyAsync(EmlTreeTests.Sample(), mbox);
        Link(bait.FilePath, folder.At("eml", "link.eml"));
        Link(bait.FilePath, folder.At("maildir", "cur", "link:2,S"));
        Link(bait.FilePath, folder.At("mbox", "link.mbox"));
        Link(Path.GetDirectoryName(bait.FilePath)!, folder.At("eml", "directory"));

        foreach (string tree in new[] { "eml", "maildir", "mbox" })
        {
            Assert.Equal(6, (await Store.ReadAsync(MailFiles.Open(folder.At(tree)))).Count);
        }

        Assert.False(bait.IsTaken());
    }

    private static void Link(string target, string path)
    {
        using System.Diagnostics.Process process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("/bin/ln", $"-s \"{target}\" \"{path}\"") { UseShellExecute = false })!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private static async Task WriteEverywhereAsync(MapiItem item, Folder folder)
    {
        Store store = new(("Inbox", FolderRole.Inbox, [item]));
        await Store.CopyAsync(store, EmlTreeTarget.Open(folder.At("eml")));
        await Store.CopyAsync(store, MaildirTarget.Open(folder.At("maildir")));
        using (MboxTarget mbox = MboxTarget.Open(folder.At("mbox")))
        {
            await Store.CopyAsync(store, mbox);
        }

        using (PstFileBuilder builder = PstFileBuilder.Create(folder.At("a.pst")))
        {
            builder.AddItem(builder.CreateFolder(builder.RootFolder, "x"), item);
            builder.Complete();
        }

        WriteForPeople(item, folder.At("first"));
        using PstFile pst = PstFile.Open(folder.At("a.pst"));
        foreach (IItemSource source in new IItemSource[] { MailFiles.Open(folder.At("eml")), MailFiles.Open(folder.At("maildir")), MailFiles.Open(folder.At("mbox")), new PstItemSource(pst) })
        {
            (SourceFolder _, ItemKey _, MapiItem back) = Assert.Single(await Store.ReadAsync(source));
            Assert.NotEmpty(ItemDigester.Exact(back).ToString());
            WriteForPeople(back, folder.At("from-" + source.StoreKey.Substring(0, 4)));
        }
    }

    private static void WriteForPeople(MapiItem item, string path)
    {
        ItemKey key = new("memory:1", "1");
        foreach (ItemFileFormat format in Enum.GetValues(typeof(ItemFileFormat)).Cast<ItemFileFormat>())
        {
            ItemFileTree.Open(path, format, new ItemFileOptions { IncludeBinary = true }).Write(FolderPath.Parse("x"), key, item);
        }

        using CsvFile csv = CsvFile.Create(Path.Combine(path, "a.csv"), replace: true);
        csv.WriteRow(CsvExport.Row(item, FolderPath.Parse("x"), key, TimeZoneInfo.Utc));
        csv.Complete();
        Assert.NotEmpty(MimeExport.Write(item, Stream.Null, new MimeExportOptions { IncludeAllProperties = true, ReplayTransportHeaders = false }).ToString()!);
    }
}
