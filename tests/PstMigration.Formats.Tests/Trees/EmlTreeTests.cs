using System.Text;
using PstMigration.Formats.Tests.Mime;
using PstMigration.Mapi;
using PstMigration.Transfer;
using Xunit;

namespace PstMigration.Formats.Tests.Trees;

public sealed class EmlTreeTests
{
    private static readonly ItemTargetOptions s_utc = new() { Zone = TimeZoneInfo.Utc };

    [Fact]
    public async Task Folders_become_directories_and_items_files_and_come_back()
    {
        using Folder folder = new();

        TransferSummary summary = await Store.CopyAsync(Sample(), MailFormats.Eml, folder.Path, s_utc);

        Assert.Equal(6, summary.Count(ItemFate.Copied));
        Assert.True(File.Exists(Invoice(folder, 0)), string.Join("\n", folder.Files()));
        Assert.True(File.Exists(Invoice(folder, 1)));
        Assert.True(Directory.Exists(folder.At("受信トレイ", "a_b")));
        Assert.True(Directory.Exists(folder.At("受信トレイ", "A_B (2)")));
        List<SourceFolder> folders = await Store.FoldersAsync(EmlTreeSource.Open(folder.Path));
        Assert.Equal(
            ["/", "CON", "予定", "受信トレイ", "受信トレイ/A:B", @"受信トレイ/a\/b"],
            folders.Select(f => f.Path.ToString()).OrderBy(p => p, StringComparer.Ordinal));
        Assert.Equal(FolderRole.Inbox, folders.Single(f => f.Path.ToString() == "受信トレイ").Role);
        Assert.Equal("IPF.Appointment", folders.Single(f => f.Path.ToString() == "予定").ContainerClass);
        List<(SourceFolder Folder, ItemKey Key, MapiItem Item)> back = await Store.ReadAsync(EmlTreeSource.Open(folder.Path));
        Assert.Equal(6, back.Select(b => b.Key).Distinct().Count());
        MapiItem read = back.Single(b => b.Folder.Path.ToString() == @"受信トレイ/a\/b").Item;
        Assert.Equal(MessageFlags.Read, read.Flags & MessageFlags.Read);
        Assert.Equal(102, read.Properties.GetInt32(PropertyTags.LastVerbExecuted));
        Assert.Equal(2, read.Properties.GetInt32(PropertyTags.FlagStatus));
        Assert.Equal(["赤", "Blue"], read.Properties.GetStrings(PropertyNames.Keywords));
        Assert.Equal(Mail.Sent.AddHours(1).AddTicks(1234567), read.Properties.GetTime(PropertyTags.MessageDeliveryTime));
        Assert.DoesNotContain("PstMigration", read.Properties.GetString(PropertyTags.TransportMessageHeaders));
        Assert.Equal((MessageFlags)0, back.First(b => b.Folder.Path.ToString() == "CON").Item.Flags & MessageFlags.Read);
    }

    [Fact]
    public async Task Files_have_the_time_of_their_items()
    {
        using Folder folder = new();
        await Store.CopyAsync(Sample(), MailFormats.Eml, folder.Path, s_utc);

        Assert.Equal(Mail.Sent.UtcDateTime, File.GetLastWriteTimeUtc(Invoice(folder, 0)));
    }

    [Fact]
    public async Task A_second_run_writes_nothing_and_a_killed_one_is_taken_up()
    {
        using Folder folder = new();
        await Store.CopyAsync(Sample(), MailFormats.Eml, folder.Path, s_utc);
        string[] files = folder.Files();
        string lost = Invoice(folder, 1);
        byte[] bytes = File.ReadAllBytes(lost);
        File.Delete(lost);
        File.WriteAllBytes(lost + ".partial", [1, 2, 3]);

        TransferSummary second = await Store.CopyAsync(Sample(), MailFormats.Eml, folder.Path, s_utc);
        TransferSummary third = await Store.CopyAsync(Sample(), MailFormats.Eml, folder.Path, s_utc);

        Assert.Equal(1, second.Count(ItemFate.Copied));
        Assert.Equal(5, second.Count(ItemFate.AlreadyThere));
        Assert.Equal(6, third.Count(ItemFate.AlreadyThere));
        Assert.Equal(files.OrderBy(f => f, StringComparer.Ordinal), folder.Files().OrderBy(f => f, StringComparer.Ordinal));
        Assert.Equal(bytes, File.ReadAllBytes(lost));
    }

    [Fact]
    public async Task What_a_loss_of_power_left_empty_is_written_again()
    {
        using Folder folder = new();
        await Store.CopyAsync(Sample(), MailFormats.Eml, folder.Path, s_utc);
        byte[] bytes = File.ReadAllBytes(Invoice(folder, 1));
        File.WriteAllBytes(Invoice(folder, 1), []);

        TransferSummary second = await Store.CopyAsync(Sample(), MailFormats.Eml, folder.Path, s_utc);

        Assert.Equal(1, second.Count(ItemFate.Copied));
        Assert.Equal(bytes, File.ReadAllBytes(Invoice(folder, 1)));
    }

    [Fact]
    public async Task A_tree_copied_into_itself_by_its_files_keeps_its_keys()
    {
        using Folder folder = new();
        await Store.CopyAsync(Sample(), MailFormats.Eml, folder.Path, s_utc);

        List<ItemKey> first = (await Store.ReadAsync(EmlTreeSource.Open(folder.Path))).ConvertAll(b => b.Key);
        List<ItemKey> second = (await Store.ReadAsync(EmlTreeSource.Open(folder.Path + Path.DirectorySeparatorChar))).ConvertAll(b => b.Key);

        Assert.Equal(first, second);
    }

    [Fact]
    public async Task Links_to_directories_are_not_followed()
    {
        Assert.SkipUnless(Path.DirectorySeparatorChar == '/', "Making links needs rights on Windows.");
        using Folder folder = new();
        Directory.CreateDirectory(folder.At("a"));
        File.WriteAllBytes(folder.At("a", "x.EML"), Encoding.ASCII.GetBytes("Subject: x\r\n\r\ny"));
        using (System.Diagnostics.Process link = System.Diagnostics.Process.Start("/bin/ln", "-s " + folder.Path + " " + folder.At("a", "loop"))!)
        {
            link.WaitForExit();
        }

        List<(SourceFolder Folder, ItemKey Key, MapiItem Item)> back = await Store.ReadAsync(EmlTreeSource.Open(folder.Path));

        Assert.Equal("a/x.EML", Assert.Single(back).Key.Id);
        File.Delete(folder.At("a", "loop"));
    }

    [Fact]
    public void A_card_says_any_name()
    {
        FolderCard card = new("a\\b\nRole: Inbox\u0007\uD800", FolderRole.JunkEmail, "IPF.Note");
        using Folder folder = new();

        card.Write(folder.Path);

        Assert.Equal(card, FolderCard.Read(folder.Path));
        Assert.Null(FolderCard.Parse("Role: Inbox"));
        Assert.Equal(FolderRole.None, FolderCard.Parse("Name: x\r\nRole: 99")!.Role);
    }

    /// <summary>The file of one of the two items of a time and subject.</summary>
    private static string Invoice(Folder folder, int item) =>
        folder.At("受信トレイ", "2026-03-01 0930 請求書 (" + ItemFileName.IdOf(new ItemKey("memory:1", "受信トレイ#" + item)) + ").eml");

    internal static Store Sample() => new(
        ("", FolderRole.Root, []),
        ("受信トレイ", FolderRole.Inbox, [Mail.Item("請求書"), Mail.Item("請求書")]),
        (@"受信トレイ/a\/b", FolderRole.None, [WithState()]),
        ("受信トレイ/A:B", FolderRole.None, [Mail.Item("x", "From the start\n>From quoted\nFrom ")]),
        ("CON", FolderRole.None, [Mail.Item("", "<b>", "<p>日本語</p>", Mail.File("添付.txt", [1, 2, 3]))]),
        ("予定", FolderRole.None, [Mail.Item("会議")]));

    internal static MapiItem WithState()
    {
        MapiItem item = Mail.Item("State");
        item.Properties.Set(PropertyTags.MessageFlags, (int)MessageFlags.Read);
        item.Properties.Set(PropertyTags.LastVerbExecuted, 102);
        item.Properties.Set(PropertyTags.FlagStatus, 2);
        item.Properties.Set(PropertyNames.Keywords, ["赤", "Blue"]);
        item.Properties.Set(PropertyTags.MessageDeliveryTime, Mail.Sent.AddHours(1).AddTicks(1234567));
        return item;
    }
}
