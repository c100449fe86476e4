using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>What this room stores with an item it wrote, beside the provenance every target stores.</summary>
internal static class MailboxPropertyNames
{
    /// <summary>A subject longer than the service takes (string).</summary>
    public static readonly PropertyName Subject = new(PropertySets.PstMigration, "Subject");

    /// <summary>
    /// How many attachments the item has when it is whole (integer); only on items whose attachments follow the create, so
    /// that a run that was killed in between is recognised and completed.
    /// </summary>
    public static readonly PropertyName AttachmentCount = new(PropertySets.PstMigration, "AttachmentCount");

    /// <summary>
    /// The ids of the properties written with the item that nobody would ask for, one a line (string). The service gives a
    /// property only to those who know its name.
    /// </summary>
    public static readonly PropertyName Carried = new(PropertySets.PstMigration, "Carried");

    /// <summary>The service's id of the older copy the item takes the place of (string), so that a run that was killed in between is recognised and completed.</summary>
    public static readonly PropertyName Replaces = new(PropertySets.PstMigration, "Replaces");

    /// <summary>On a copy that was taken back (string, 1): it is none any more.</summary>
    public static readonly PropertyName Undone = new(PropertySets.PstMigration, "Undone");

    /// <summary>
    /// What of dates and Message-ID the item did not have, as tags, one a line (string); see <see cref="UnstatedFields"/>.
    /// </summary>
    public static readonly PropertyName Unstated = new(PropertySets.PstMigration, "Unstated");

    /// <summary>See <see cref="KeptProperties"/> (string).</summary>
    public static readonly PropertyName Kept = new(PropertySets.PstMigration, "Kept");

    /// <summary>See <see cref="KeptPeople"/> (string); what does not fit follows in <c>People2</c> and so on.</summary>
    public static readonly PropertyName People = new(PropertySets.PstMigration, "People");
}
