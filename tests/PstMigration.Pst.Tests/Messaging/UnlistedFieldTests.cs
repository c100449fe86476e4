using PstMigration.Mapi;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Files;
using PstMigration.Pst.Tests.Synthetic;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Pst.Tests.Messaging;

/// <summary>A table without a column does not say that its items have no such property: they are asked, when somebody asks.</summary>
public class UnlistedFieldTests
{
    private static readonly DateTimeOffset s_sent = new(2003, 5, 6, 7, 8, 9, TimeSpan.Zero);
    private static readonly DateTimeOffset s_changed = s_sent.AddDays(1);

    /// <summary>The columns of contents tables of Outlook 2000 and 2003, of all tables, and of none that a summary needs.</summary>
    public static TheoryData<PstFormat, uint[], PstItemFields> Tables => new()
    {
        { PstFormat.Ansi, [0x001A001F, 0x0037001F, 0x0042001F, 0x0E03001F, 0x0E04001F, 0x0E060040, 0x0E070003, 0x0E080003], PstItemFields.SubmitTime | PstItemFields.LastModificationTime },
        { PstFormat.Unicode, [0x001A001F, 0x0037001F, 0x00390040, 0x0042001F, 0x0E04001F, 0x0E060040, 0x0E070003, 0x0E080003], PstItemFields.LastModificationTime },
        { PstFormat.Unicode4K, [0x001A001F, 0x0037001F, 0x00390040, 0x0042001F, 0x0E04001F, 0x0E060040, 0x0E070003, 0x0E080003, 0x30080040], PstItemFields.None },
        { PstFormat.Unicode, [0x0E17000B], (PstItemFields)0x1FF },
    };

    public static IEnumerable<TheoryDataRow<string?>> Files => TestData.Files("pst", ".pst", ".ost");

    [Theory]
    [MemberData(nameof(Tables))]
    public void What_the_table_has_no_column_for_is_read_from_the_item(PstFormat format, uint[] columns, PstItemFields unlisted)
    {
        TestStore store = Store(format, columns);
        NodeId id = AddFull(store);

        using PstFile file = ShapeTests.Open(store.ToArray());
        PstItemSummary summary = Assert.Single(file.GetFolder(TestStore.Folder).EnumerateItems());

        Assert.Equal((id, unlisted), (summary.NodeId, summary.Unlisted));
        Assert.Equal(("IPM.Note", "subject", "Author", "Reader"), (summary.MessageClass, summary.Subject, summary.Sender, summary.To));
        Assert.Equal((s_sent, s_sent.AddHours(1), s_changed), (summary.SubmitTime, summary.DeliveryTime, summary.LastModificationTime));
        Assert.Equal((4711, true), (summary.Size, summary.HasAttachments));
        Assert.Equal(Fields(file.ReadSummary(id)), Fields(summary));
        Assert.Empty(file.Damage);
    }

    [Fact]
    public void The_item_is_not_touched_before_somebody_asks()
    {
        TestStore store = Store(PstFormat.Ansi, [0x001A001F, 0x0037001F, 0x0042001F, 0x0E060040]);
        NodeId id = AddFull(store);
        byte[] bytes = store.ToArray();
        store.Damage(bytes, id);

        using PstFile file = ShapeTests.Open(bytes);
        PstItemSummary summary = Assert.Single(file.GetFolder(TestStore.Folder).EnumerateItems());

        Assert.Equal(("subject", "Author", s_sent.AddHours(1)), (summary.Subject, summary.Sender, summary.DeliveryTime));
        Assert.Empty(file.Damage);
        Assert.Null(summary.SubmitTime);
        Assert.Equal(0, summary.Size);
        Assert.Equal(id, Assert.Single(file.Damage).Node);
        Assert.Equal("PstDamaged", Assert.Throws<PstException>(() => file.ReadSummary(id)).Id);
    }

    [Fact]
    public void What_was_listed_alone_needs_no_file()
    {
        TestStore store = Store(PstFormat.Unicode, [0x001A001F, 0x0037001F]);
        AddFull(store);
        PstItemSummary listed;
        using (PstFile file = ShapeTests.Open(store.ToArray()))
        {
            listed = Assert.Single(file.GetFolder(TestStore.Folder).EnumerateItems()).Listed;
        }

        Assert.Equal(("subject", "", null), (listed.Subject, listed.Sender, listed.SubmitTime));
        Assert.Equal(PstItemFields.Sender, listed.Unlisted & PstItemFields.Sender);
    }

    [Fact]
    public void The_sender_is_asked_for_where_nobody_is_represented()
    {
        uint[] columns = [0x001A001F, 0x0037001F, 0x0042001F];
        TestStore store = Store(PstFormat.Unicode, columns);
        store.AddMessage("one", p => p.Set(0x0C1A001F, "Sender"));
        store.AddMessage("two", p => p.Set(0x0C1A001F, "Sender").Set(0x0042001F, "Author"), null, (0x0042001F, "Author"));
        store.AddMessage("three");

        using PstFile file = ShapeTests.Open(store.ToArray());

        Assert.Equal(["Sender", "Author", ""], file.GetFolder(TestStore.Folder).EnumerateItems().Select(i => i.Sender));
    }

    [Theory]
    [InlineData("ab", 149)]
    [InlineData("ab", 300)]
    public void Text_that_may_have_been_cut_is_read_whole(string part, int count)
    {
        string whole = string.Concat(Enumerable.Repeat(part, count));
        TestStore store = Store(PstFormat.Unicode, [0x001A001F, 0x0042001F, 0x0E04001F]);
        store.AddMessage("one", p => p.Set(0x0042001F, whole).Set(0x0E04001F, whole), null, (0x0042001F, whole[..255]), (0x0E04001F, whole[..255]));

        using PstFile file = ShapeTests.Open(store.ToArray());
        PstItemSummary summary = Assert.Single(file.GetFolder(TestStore.Folder).EnumerateItems());

        Assert.Equal((whole, whole), (summary.Sender, summary.To));
        Assert.Equal(whole[..255], summary.Listed.To);
    }

    [Fact]
    public void Eight_bit_text_is_cut_by_bytes()
    {
        byte[] kana = CodePages.Find(932)!.GetBytes(string.Concat(Enumerable.Repeat("送信者", 60)));
        TestStore store = Store(PstFormat.Ansi, [0x001A001F, 0x0042001E]);
        store.AddMessage("one", p => p.Set(0x0042001E, kana), null, (0x0042001E, kana.AsSpan(0, 254).ToArray()));

        using PstFile file = PstFile.Open(new MemoryFileBytes(store.ToArray()), "test.pst", new PstOpenOptions { CodePage = 932 });
        PstItemSummary summary = Assert.Single(file.GetFolder(TestStore.Folder).EnumerateItems());

        Assert.Equal((127, 180), (summary.Listed.Sender.Length, summary.Sender.Length));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Listed_items_tell_what_opened_items_tell(string? name)
    {
        using PstFile file = PstFile.Open(TestData.Path(name ?? ""));
        List<string> differences = [];
        foreach (PstFolder folder in file.EnumerateFolders(includeHidden: true))
        {
            foreach (PstItemSummary listed in folder.EnumerateItems().Concat(folder.EnumerateAssociated()))
            {
                MapiItem item = file.OpenItem(listed.NodeId);
                PropertyBag p = item.Properties;
                string sender = p.GetString(PropertyTags.SentRepresentingName) is { Length: > 0 } author ? author : p.GetString(PropertyTags.SenderName) ?? "";
                object opened = (
                    p.GetString(PropertyTags.MessageClass) ?? "", item.Subject, sender, p.GetString(PropertyTags.DisplayTo) ?? "", p.GetTime(PropertyTags.ClientSubmitTime),
                    p.GetTime(PropertyTags.MessageDeliveryTime), p.GetTime(PropertyTags.LastModificationTime), item.Flags & MessageFlags.Unsent);
                object row = (
                    listed.MessageClass, listed.Subject, listed.Sender, listed.To, listed.SubmitTime,
                    listed.DeliveryTime, listed.LastModificationTime, listed.Flags & MessageFlags.Unsent);
                if (!opened.Equals(row))
                {
                    differences.Add($"{folder.Path} {listed.NodeId}: {row} is listed, {opened} is there");
                }
            }
        }

        Assert.Empty(differences);
        Assert.Empty(file.Damage);
    }

    private static TestStore Store(PstFormat format, uint[] columns) => new(new TestPst(PstLayout.For(format))) { Columns = columns };

    private static NodeId AddFull(TestStore store) => store.AddMessage(
        "subject",
        p => p.Set(0x0042001F, "Author").Set(0x0C1A001F, "Sender").Set(0x0E04001F, "Reader").Set(0x00390040, s_sent.ToFileTime())
            .Set(0x0E060040, s_sent.AddHours(1).ToFileTime()).Set(0x30080040, s_changed.ToFileTime()).Set(0x0E080003, 4711)
            .Set(0x0E070003, (int)(MessageFlags.Read | MessageFlags.HasAttachments)),
        null,
        (0x0042001F, "Author"),
        (0x0E04001F, "Reader"),
        (0x00390040, s_sent.ToFileTime()),
        (0x0E060040, s_sent.AddHours(1).ToFileTime()),
        (0x30080040, s_changed.ToFileTime()),
        (0x0E080003, 4711),
        (0x0E070003, (int)(MessageFlags.Read | MessageFlags.HasAttachments)));

    private static object Fields(PstItemSummary s) =>
        (s.MessageClass, s.Subject, s.Sender, s.To, s.SubmitTime, s.DeliveryTime, s.LastModificationTime, s.Size, s.Flags);
}
