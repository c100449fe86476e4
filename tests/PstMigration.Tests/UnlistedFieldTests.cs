using System.Collections.ObjectModel;
using System.Management.Automation;
using PstMigration.Commands;
using PstMigration.Mapi;
using PstMigration.Pst;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Tests.Synthetic;
using Xunit;

namespace PstMigration.Tests;

/// <summary>Get-PstItem over files whose tables lack columns, as those of Outlook 2000 and 2003 do: it gives what the items themselves tell.</summary>
public sealed class UnlistedFieldTests : IDisposable
{
    private const uint MessageClass = 0x001A001F;
    private const uint Subject = 0x0037001F;
    private const uint SentTime = 0x00390040;
    private const uint Author = 0x0042001F;
    private const uint Sender = 0x0C1A001F;
    private const uint ReceivedTime = 0x0E060040;
    private const uint Flags = 0x0E070003;
    private const uint ModifiedTime = 0x30080040;

    private static readonly DateTimeOffset s_start = new(2003, 5, 1, 12, 0, 0, TimeSpan.Zero);

    // What each item has. The received time is the only one some of them lack.
    private static readonly (string Class, string Subject, string? Author, string? Sender, int? Sent, int? Received, int Modified, bool HasAttachment)[] s_items =
    [
        ("IPM.Note", "mail that came", "Anna", "Anna", 1, 1, 3, true),
        ("IPM.Note", "mail for somebody else", "Chef", "Anna", 2, 2, 2, false),
        ("IPM.Note", "mail that was sent by an old program", null, "Anna", 3, null, 9, false),
        ("IPM.Note", "draft", null, null, null, null, 4, true),
        ("IPM.Contact", "Anna", null, null, null, null, 5, false),
        ("IPM.Appointment", "meeting", "Berta", "Berta", 6, null, 8, false),
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pstmigration");
    private readonly EngineSession _session = new(120, null, typeof(GetPstItemCommand), typeof(GetPstFileCommand), typeof(GetPstFolderCommand));

    public static TheoryData<PstFormat, uint[]> Tables => new()
    {
        { PstFormat.Ansi, [MessageClass, Subject, Author, ReceivedTime, Flags] },
        { PstFormat.Unicode, [MessageClass, Subject, Author, SentTime, ReceivedTime, Flags] },
        { PstFormat.Unicode, [MessageClass, Flags] },
        { PstFormat.Unicode4K, [MessageClass, Subject, Author, Sender, SentTime, ReceivedTime, Flags, ModifiedTime] },
        { PstFormat.Ansi, [0x0E17000B] },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public void Items_tell_what_they_have(PstFormat format, uint[] columns)
    {
        string path = Write(format, columns);
        PstItemInfo[] items = [.. _session.InvokeClean($"Get-PstItem '{path}' -WarningAction Stop").Select(i => (PstItemInfo)i.BaseObject)];

        // After the pipeline the file is closed, and opened again for what is asked.
        Assert.Equal(s_items.Select(i => (i.Class, i.Subject, i.Author ?? i.Sender ?? "")), items.Select(i => (i.MessageClass, i.Subject, i.Sender)));
        Assert.Equal(s_items.Select(i => (At(i.Sent), At(i.Received), At(i.Modified))), items.Select(i => (i.SentTime, i.ReceivedTime, i.LastModifiedTime)));
        Assert.Equal(s_items.Select(i => i.HasAttachment), items.Select(i => i.HasAttachments));
        Assert.Equal(s_items.Select(i => At(i.Received ?? i.Sent ?? i.Modified)), items.Select(i => i.Time));
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Filters_find_what_opened_items_have(PstFormat format, uint[] columns)
    {
        string path = Write(format, columns);
        (string Filter, Func<MapiItem, bool> Expected)[] filters =
        [
            ("-From Anna", i => AuthorOf(i) == "Anna"),
            ("-From B*", i => AuthorOf(i).StartsWith('B')),
            ("-Subject *mail*", i => i.Subject.Contains("mail", StringComparison.Ordinal)),
            ("-Since 2003-05-04T00:00:00Z", i => TimeOf(i) >= new DateTimeOffset(2003, 5, 4, 0, 0, 0, TimeSpan.Zero)),
            ("-Before 2003-05-04T00:00:00Z", i => TimeOf(i) < new DateTimeOffset(2003, 5, 4, 0, 0, 0, TimeSpan.Zero)),
            ("-Class IPM.Note", i => i.MessageClass == "IPM.Note"),
            ("-HasAttachment", i => (i.Flags & MessageFlags.HasAttachments) != 0),
            ("-From Anna -Since 2003-05-02T00:00:00Z", i => AuthorOf(i) == "Anna" && TimeOf(i) >= new DateTimeOffset(2003, 5, 2, 0, 0, 0, TimeSpan.Zero)),
        ];
        using PstFile file = PstFile.Open(path);
        MapiItem[] opened = [.. file.EnumerateFolders().SelectMany(f => f.EnumerateItems()).Select(i => file.OpenItem(i.NodeId))];

        Assert.Equal(s_items.Length, opened.Length);
        foreach ((string filter, Func<MapiItem, bool> expected) in filters)
        {
            string[] subjects = [.. opened.Where(expected).Select(i => i.Subject)];
            Assert.InRange(subjects.Length, 1, s_items.Length - 1);
            Assert.Equal(subjects, _session.InvokeClean($"Get-PstItem '{path}' {filter} -WarningAction Stop").Select(i => (string)i.Properties["Subject"].Value));
        }
    }

    [Fact]
    public void Settings_in_a_folder_have_the_subject_their_table_does_not_list()
    {
        string path = Write(PstFormat.Unicode, [MessageClass, Subject]);
        string[] subjects = [.. _session.InvokeClean($"Get-PstItem '{path}' -IncludeAssociated | Where-Object IsAssociated").Select(i => (string)i.Properties["Subject"].Value)];

        Assert.Equal(["a view"], subjects);
        Assert.Single(_session.InvokeClean($"Get-PstItem '{path}' -IncludeAssociated -Subject 'a v*'"));
    }

    [Fact]
    public void The_oldest_and_the_newest_item_are_those_of_the_items()
    {
        PSObject file = _session.InvokeClean($"Get-PstFile '{Write(PstFormat.Ansi, [MessageClass, Subject])}'").Single();

        Assert.Equal((At(1), At(6)), ((DateTimeOffset?)file.Properties["OldestItem"].Value, (DateTimeOffset?)file.Properties["NewestItem"].Value));
    }

    [Fact]
    public void A_damaged_item_is_an_error_only_where_it_has_to_be_asked()
    {
        string path = Write(PstFormat.Unicode, [MessageClass, Subject, ReceivedTime, Flags], damages: "mail that came");

        Assert.Equal(s_items.Length, _session.InvokeClean($"Get-PstItem '{path}' -WarningAction Stop").Count);
        Assert.Equal(2, _session.InvokeClean($"Get-PstItem '{path}' -Subject '*mail*' -HasAttachment:$false -WarningAction Stop").Count);
        Collection<PSObject> found = _session.Invoke($"Get-PstItem '{path}' -From Anna -WarningAction Ignore");
        Assert.Equal(["mail that was sent by an old program"], found.Select(i => (string)i.Properties["Subject"].Value));
        ErrorRecord error = Assert.Single(_session.Errors);
        Assert.StartsWith("PstDamaged", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("mail that came", error.TargetObject.ToString());
    }

    [Fact]
    public void A_file_that_moved_on_is_not_asked_for_what_it_was()
    {
        string path = Write(PstFormat.Unicode, [MessageClass, Subject]);
        PstItemInfo item = (PstItemInfo)_session.InvokeClean($"$global:item = (Get-PstItem '{path}')[0]; $item")[0].BaseObject;
        File.Delete(path);

        Assert.Equal("mail that came", item.Subject);
        Assert.Equal("PstNotFound", Assert.ThrowsAny<MailDataException>(() => item.Sender).Id);
        Assert.Contains("mail that came", _session.Show("$item | Format-List"), StringComparison.Ordinal);
        Assert.Contains("mail that came", _session.Show("$item | Format-Table Sender, Subject"), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _session.Dispose();
        _folder.Delete(recursive: true);
    }

    private static DateTimeOffset? At(int? day) => day is int days ? s_start.AddDays(days - 1) : null;

    private static string AuthorOf(MapiItem item) =>
        item.Properties.GetString(PropertyTags.SentRepresentingName) ?? item.Properties.GetString(PropertyTags.SenderName) ?? "";

    private static DateTimeOffset? TimeOf(MapiItem item) => item.Properties.GetTime(PropertyTags.MessageDeliveryTime)
        ?? item.Properties.GetTime(PropertyTags.ClientSubmitTime) ?? item.Properties.GetTime(PropertyTags.LastModificationTime);

    private string Write(PstFormat format, uint[] columns, string? damages = null)
    {
        TestStore store = new(new TestPst(PstLayout.For(format))) { Columns = columns };
        List<NodeId> ids = [];
        foreach ((string messageClass, string subject, string? author, string? sender, int? sent, int? received, int modified, bool hasAttachment) in s_items)
        {
            (uint Tag, object? Value)[] values =
            [
                (MessageClass, messageClass), (Subject, subject), (Author, author), (Sender, sender), (SentTime, At(sent)?.ToFileTime()),
                (ReceivedTime, At(received)?.ToFileTime()), (ModifiedTime, At(modified)?.ToFileTime()), (Flags, hasAttachment ? 0x11 : 1),
            ];
            ids.Add(store.AddItem(TestStore.Folder, [.. values.Where(v => v.Value is not null).Select(v => (v.Tag, v.Value!))]));
        }

        store.AddAssociated("a view");
        byte[] bytes = store.ToArray();
        int damaged = Array.FindIndex(s_items, i => i.Subject == damages);
        if (damaged >= 0)
        {
            store.Damage(bytes, ids[damaged]);
        }

        string path = Path.Combine(_folder.FullName, Guid.NewGuid() + ".pst");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
