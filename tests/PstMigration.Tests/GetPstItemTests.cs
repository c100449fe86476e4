using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Text;
using PstMigration.Commands;
using PstMigration.Mapi;
using PstMigration.Pst;
using Xunit;

namespace PstMigration.Tests;

/// <summary>Get-PstItem over a file whose folder table is sound while every item in it is damaged.</summary>
public sealed class GetPstItemTests : IDisposable
{
    private const string Mark = "text of the body";

    private static readonly DateTimeOffset s_start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pstmigration");
    private readonly EngineSession _session = new(120, null, typeof(GetPstItemCommand), typeof(GetPstFileCommand));
    private readonly string _damaged;

    public GetPstItemTests()
    {
        _damaged = Path.Combine(_folder.FullName, "damaged.pst");
        Build(_damaged);
        byte[] bytes = File.ReadAllBytes(_damaged);
        byte[] mark = Encoding.Unicode.GetBytes(Mark);
        int hits = 0;
        for (int at = 0; (at = IndexOf(bytes, mark, at)) >= 0; at += mark.Length, hits++)
        {
            bytes[at] ^= 1;
        }

        Assert.Equal(3, hits);
        File.WriteAllBytes(_damaged, bytes);
    }

    [Theory]
    [InlineData("", "one two three")]
    [InlineData("-Subject t*", "two three")]
    [InlineData("-From 'Sender 2'", "two")]
    [InlineData("-Class IPM.Note", "one two")]
    [InlineData("-Since 2026-01-06T00:00:00Z", "two three")]
    [InlineData("-Before 2026-01-06T00:00:00Z", "one")]
    [InlineData("-HasAttachment", "two")]
    [InlineData("-Folder Inbox -HasAttachment:$false", "one three")]
    [InlineData("-Property Subject, PidTagMessageSize, PidTagImportance", "one two three")]
    public void Filters_ask_the_table_and_open_no_item(string filter, string subjects)
    {
        Collection<PSObject> items = _session.InvokeClean($"Get-PstItem '{_damaged}' {filter} -WarningAction Stop");

        Assert.Equal(subjects, string.Join(" ", items.Select(i => i.Properties["Subject"].Value)));
    }

    [Fact]
    public void What_the_table_does_not_tell_is_an_error_about_the_item()
    {
        PSObject[] items = [.. _session.Invoke($"Get-PstItem '{_damaged}' -Property PidTagBody, PidTagSubject -WarningAction Ignore")];

        Assert.Equal(3, items.Length);
        Assert.Equal(3, _session.Errors.Count(e => e.FullyQualifiedErrorId.StartsWith("PstDamaged", StringComparison.Ordinal)));
        Assert.All(items, i => Assert.Null(i.Properties["PidTagBody"].Value));
        Assert.Empty(_session.Invoke($"Get-PstItem '{_damaged}' -From 'x@*' -WarningAction Ignore"));
        Assert.Equal(3, _session.Errors.Count);
    }

    /// <summary>The id 0x6619 is text here: neither PidTagUserEntryId, which is bytes, nor 0x66190003.</summary>
    [Theory]
    [InlineData("PidTagUserEntryId", null)]
    [InlineData("0x66190003", null)]
    [InlineData("0x6619001E", "text")]
    [InlineData("0x6619", "text")]
    public void A_name_goes_with_its_type(string property, string? value)
    {
        string path = Path.Combine(_folder.FullName, "types.pst");
        using (PstFileBuilder builder = PstFileBuilder.Create(path, new PstCreateOptions()))
        {
            MapiItem item = Item(1, "one", "IPM.Note");
            item.Properties[new PropertyKey(0x6619)] = PropertyValue.FromString("text");
            builder.AddItem(builder.CreateFolder(builder.RootFolder, "Inbox"), item);
            builder.Complete();
        }

        Assert.Equal(value, _session.InvokeClean($"Get-PstItem '{path}' -Property {property}").Single().Properties[property].Value);
    }

    [Fact]
    public void An_attached_item_has_the_length_of_its_object()
    {
        string path = Path.Combine(_folder.FullName, "attached.pst");
        using (PstFileBuilder builder = PstFileBuilder.Create(path, new PstCreateOptions()))
        {
            MapiItem item = Item(1, "one", "IPM.Note");
            PropertyBag attached = new();
            attached.Set(PropertyTags.AttachMethod, (int)AttachMethod.EmbeddedMessage);
            MapiItem inner = Item(2, "two", "IPM.Note");
            item.Attachments.Add(new MapiAttachment(attached, () => inner));
            builder.AddItem(builder.CreateFolder(builder.RootFolder, "Inbox"), item);
            builder.Complete();
        }

        PstAttachmentInfo attachment = (PstAttachmentInfo)_session.InvokeClean($"(Get-PstItem '{path}').GetAttachments()").Single().BaseObject;

        using PstFile file = PstFile.Open(path);
        MapiItem stored = file.OpenItem(file.IpmSubtree.EnumerateFolders().Single(f => f.Name == "Inbox").EnumerateItems().Single().NodeId);
        Assert.True(attachment.IsItem);
        Assert.InRange(attachment.Length, 300, 5000);
        Assert.Equal(stored.Attachments[0].OpenEmbedded().Properties.GetInt32(PropertyTags.MessageSize) ?? 0, attachment.Length);
    }

    [Fact]
    public void Damage_is_accepted_on_request()
    {
        PSObject[] items = [.. _session.InvokeClean($"Get-PstItem '{_damaged}' -Property PidTagBody -AcceptDamage -WarningAction Ignore")];

        Assert.All(items, i => Assert.Contains(Mark[1..], (string)i.Properties["PidTagBody"].Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Deleted_items_come_back_from_a_file_of_ours()
    {
        // Two generations of one file: the trees of the first, without the second's items, over the second's blocks.
        string path = Path.Combine(_folder.FullName, "deleted.pst");
        Build(path);
        byte[] bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, WithoutTreeEntries(bytes));
        PSObject[] items = [.. _session.Invoke($"Get-PstItem '{path}' -AcceptDamage -IncludeDeleted -WarningAction Ignore")];
        PSObject[] recovered = [.. items.Where(i => (bool)i.Properties["IsRecovered"].Value)];

        Assert.Equal(["one", "three", "two"], recovered.Select(i => (string)i.Properties["Subject"].Value).Order(StringComparer.Ordinal));
        PSObject one = recovered.First(i => (string)i.Properties["Subject"].Value == "one");
        Assert.Contains(Mark, ((PstItemInfo)one.BaseObject).GetBody().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_tells_of_its_items()
    {
        PSObject file = _session.InvokeClean($"Get-PstFile '{_damaged}'").Single();

        Assert.Equal((s_start, s_start.AddDays(2)), ((DateTimeOffset)file.Properties["OldestItem"].Value, (DateTimeOffset)file.Properties["NewestItem"].Value));
        Assert.Equal(PstHealth.NothingFound, file.Properties["Health"].Value);
        Assert.Equal(PstWriter.PstMigration, file.Properties["Writer"].Value);
    }

    public void Dispose()
    {
        _session.Dispose();
        _folder.Delete(recursive: true);
    }

    // Neither blocks nor pages of the trees: only what is found by signature is left.
    private static byte[] WithoutTreeEntries(byte[] bytes)
    {
        const byte BlockTree = 0x80;
        const byte NodeTree = 0x81;
        for (int offset = 0x4400; offset + 512 <= bytes.Length; offset += 512)
        {
            if (bytes[offset + 496] is BlockTree or NodeTree && bytes[offset + 497] == bytes[offset + 496])
            {
                bytes.AsSpan(offset, 512).Clear();
            }
        }

        return bytes;
    }

    private static void Build(string path)
    {
        using PstFileBuilder builder = PstFileBuilder.Create(path, new PstCreateOptions { Encoding = PstEncoding.None });
        PstNewFolder inbox = builder.CreateFolder(builder.RootFolder, "Inbox", "IPF.Note");
        builder.SetRole(inbox, FolderRole.Inbox);
        builder.AddItem(inbox, Item(1, "one", "IPM.Note"));
        MapiItem two = Item(2, "two", "IPM.Note");
        PropertyBag attachment = new();
        attachment.Set(PropertyTags.AttachMethod, (int)AttachMethod.ByValue);
        attachment.Set(PropertyTags.AttachLongFilename, "a.txt");
        attachment.Set(PropertyTags.AttachDataBinary, [1, 2, 3]);
        two.Attachments.Add(new MapiAttachment(attachment));
        builder.AddItem(inbox, two);
        builder.AddItem(inbox, Item(3, "three", "IPM.Post"));
        builder.Complete();
    }

    private static MapiItem Item(int number, string subject, string messageClass)
    {
        PropertyBag p = new();
        p.Set(PropertyTags.MessageClass, messageClass);
        p.Set(PropertyTags.Subject, subject);
        p.Set(PropertyTags.SentRepresentingName, "Sender " + number);
        p.Set(PropertyTags.ClientSubmitTime, s_start.AddDays(number - 1));
        p.Set(PropertyTags.MessageDeliveryTime, s_start.AddDays(number - 1));
        p.Set(PropertyTags.Importance, 1);
        p.Set(PropertyTags.Body, Mark + " " + number);
        return new MapiItem(p);
    }

    private static int IndexOf(byte[] bytes, byte[] wanted, int start)
    {
        int at = bytes.AsSpan(start).IndexOf(wanted);
        return at < 0 ? -1 : start + at;
    }
}
