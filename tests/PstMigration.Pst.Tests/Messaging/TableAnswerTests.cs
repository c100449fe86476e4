using PstMigration.Mapi;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Tests.Synthetic;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Pst.Tests.Messaging;

/// <summary>What a folder's table tells is not asked of the items, and every listing is counted.</summary>
public class TableAnswerTests
{
    private static readonly PropertyKey[] s_asked = [PropertyTags.Subject, PropertyTags.MessageClass, PropertyTags.SenderName, PropertyTags.BodyHtml];

    public static IEnumerable<TheoryDataRow<string?>> Files => TestData.Files("pst", ".pst", ".ost");

    [Fact]
    public void The_table_answers_where_the_items_are_gone()
    {
        using PstFile file = ShapeTests.Open(WithDamagedItems(out NodeId[] ids));
        PstItemSummary[] items = [.. file.GetFolder(TestStore.Folder).EnumerateItems(s_asked)];

        Assert.All(ids, id => Assert.Equal("PstDamaged", Assert.Throws<PstException>(() => file.OpenItem(id)).Id));
        Assert.Equal(["one", "two"], items.Select(i => i.Subject));
        Assert.Equal(["one", "two"], items.Select(i => i.Properties.GetString(PropertyTags.Subject)));
        Assert.All(items, i => Assert.Equal("IPM.Note", i.Properties.GetString(PropertyTags.MessageClass)));

        // The table has no such columns: the item would have to be asked.
        Assert.All(items, i => Assert.False(i.Properties.Contains(PropertyTags.BodyHtml) || i.Properties.Contains(PropertyTags.SenderName)));
        Assert.True(Assert.Single(file.Readings).IsComplete);
    }

    [Fact]
    public void A_column_without_a_cell_is_an_answer()
    {
        using PstFile file = ShapeTests.Open(WithDamagedItems(out _));
        PropertyKey size = PropertyTags.MessageSize;

        Assert.All(file.GetFolder(TestStore.Folder).EnumerateItems([size]), i =>
        {
            Assert.True(i.Properties.TryGet(size, out PropertyValue value));
            Assert.Equal(PropertyType.Unspecified, value.Type);
        });
    }

    [Fact]
    public void Text_that_may_have_been_cut_is_asked_of_the_item()
    {
        string subject = new('x', 300);
        TestStore store = new(new TestPst(PstLayout.Unicode));
        store.AddMessage(subject);

        using PstFile file = ShapeTests.Open(store.ToArray());

        Assert.False(Assert.Single(file.GetFolder(TestStore.Folder).EnumerateItems(s_asked)).Properties.Contains(PropertyTags.Subject));
    }

    [Fact]
    public void Each_listing_ends_with_expected_read_and_damaged()
    {
        // Without its table the folder asks the items; both are damaged.
        TestStore store = new(new TestPst(PstLayout.Unicode));
        NodeId bad = store.AddMessage("bad", p => p.Set(0x10130102, ShapeTests.Random(2000, 5)));
        store.AddMessage("good");
        byte[] bytes = store.ToArray(withContents: false);
        store.Damage(bytes, bad);

        using PstFile file = ShapeTests.Open(bytes);
        PstItemSummary[] items = [.. file.GetFolder(TestStore.Folder).EnumerateItems()];
        PstFolderReading reading = Assert.Single(file.Readings);

        Assert.Equal([true, false], items.Select(i => i.IsDamaged));
        Assert.Equal((TestStore.Folder, 2, 1, 1, false), (reading.Folder, reading.Expected, reading.Read, reading.Damaged, reading.IsComplete));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Sound_files_give_what_their_folders_say(string? name)
    {
        using PstFile file = PstFile.Open(TestData.Path(name ?? ""));
        Walker walker = new(file);
        walker.Walk();

        Assert.NotEmpty(file.Readings);
        Assert.All(file.Readings, r => Assert.True(r.IsComplete, r.ToString()));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Rows_tell_what_the_items_tell(string? name)
    {
        PropertyKey[] asked =
        [
            PropertyTags.Subject, PropertyTags.MessageClass, PropertyTags.SentRepresentingName, PropertyTags.DisplayTo, PropertyTags.ClientSubmitTime,
            PropertyTags.MessageDeliveryTime, PropertyTags.Importance, PropertyTags.ConversationTopic, PropertyNames.Keywords, PropertyNames.FlagRequest,
            new PropertyName(PropertySets.Task, 0x8105), new PropertyName(PropertySets.Appointment, 0x820D), new PropertyName(PropertySets.Appointment, 0x8208),
        ];
        using PstFile file = PstFile.Open(TestData.Path(name ?? ""));
        Stack<PstFolder> open = new([file.Root]);
        List<string> differences = [];
        while (open.Count > 0)
        {
            PstFolder folder = open.Pop();
            foreach (PstItemSummary row in folder.EnumerateItems(asked))
            {
                MapiItem item = file.OpenItem(row.NodeId);
                foreach (KeyValuePair<PropertyKey, PropertyValue> cell in row.Properties)
                {
                    item.Properties.TryGet(cell.Key, out PropertyValue value);
                    if (Show(cell.Value) != Show(value))
                    {
                        differences.Add($"{row.NodeId} {cell.Key}: '{Show(cell.Value)}' in the row, '{Show(value)}' in the item");
                    }
                }
            }

            foreach (PstFolder child in folder.EnumerateFolders().Where(f => !f.IsSearchFolder))
            {
                open.Push(child);
            }
        }

        Assert.Empty(differences);
    }

    private static string Show(PropertyValue value) => value.ToObject() switch
    {
        null => "",
        Array several => string.Join("|", several.Cast<object>()),
        object one => one.ToString()!,
    };

    private static byte[] WithDamagedItems(out NodeId[] ids)
    {
        TestStore store = new(new TestPst(PstLayout.Unicode));
        ids = [store.AddMessage("one"), store.AddMessage("two")];
        byte[] bytes = store.ToArray();
        foreach (NodeId id in ids)
        {
            store.Damage(bytes, id);
        }

        return bytes;
    }
}
