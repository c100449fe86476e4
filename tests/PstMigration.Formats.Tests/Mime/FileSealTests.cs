using System.Text;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Formats.Tests.Mime;

/// <summary>A copy in a file of mail knows whether anybody has changed it.</summary>
public sealed class FileSealTests
{
    private static readonly MimeImportOptions s_ownFile = new() { IsFromOwnFile = true };

    [Theory]
    [InlineData("IPM.Contact", true)]
    [InlineData("IPM.Appointment", true)]
    [InlineData("IPM.Task", true)]
    [InlineData("IPM.Note", false)] // known by its Message-ID
    public void What_is_no_mail_is_known_as_it_was_copied(string messageClass, bool isSealed)
    {
        string file = Write(messageClass);

        Assert.Equal(isSealed, Read(file).IsAsCopied);
        Assert.False(MimeImport.Read(Encoding.UTF8.GetBytes(file)).IsAsCopied);
    }

    [Theory]
    [InlineData("\r\n", "\n")] // Maildir, mbox
    [InlineData("Subject:", "Status: RO\r\nX-Keywords: Work\r\n and_more\r\nSubject:")]
    [InlineData("X-PstMigration-Version:", "X-PstMigration-Place: Elsewhere\r\nX-PstMigration-Version:")]
    public void What_programs_note_beside_it_changes_nothing(string was, string now) =>
        Assert.True(Read(Write("IPM.Contact").Replace(was, now) + "\r\n\r\n").IsAsCopied);

    [Theory]
    [InlineData("Subject: Anna", "Subject: Berta")]
    [InlineData("Met in Kyoto", "Met in Kyoto or")]
    [InlineData("Met in Kyoto.", "Met in Kyoto.\r\n\r\n.")]
    [InlineData("Subject:", "X-PstMigration-Property: 3A1C001F t +1\r\nSubject:")]
    [InlineData("Subject:", "X-Note: more\r\nSubject:")]
    [InlineData("X-PstMigration-Seal: ", "X-PstMigration-Seal: 0")]
    public void What_somebody_writes_into_it_does(string was, string now)
    {
        string file = Write("IPM.Contact");
        string changed = file.Replace(was, now);

        Assert.NotEqual(file, changed);
        Assert.False(Read(changed).IsAsCopied);
    }

    private static MapiItem Read(string file) => MimeImport.Read(Encoding.UTF8.GetBytes(file), s_ownFile);

    private static string Write(string messageClass)
    {
        MapiItem item = new();
        item.Properties.Set(PropertyTags.MessageClass, messageClass);
        item.Properties.Set(PropertyTags.Subject, "Anna");
        item.Properties.Set(PropertyTags.DisplayName, "Anna");
        item.Properties.Set(PropertyTags.Body, "Met in Kyoto.");
        ItemProvenance provenance = new(new ItemKey("store", "1"), new ItemVersion("v"), ItemDigester.Content(item), FolderPath.Parse("Contacts"), ItemIdentity.Of(item));
        using MemoryStream stream = new();
        MimeExport.Write(item, stream, new MimeExportOptions { IncludeState = true, IncludeMailboxState = true, Provenance = provenance });
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
