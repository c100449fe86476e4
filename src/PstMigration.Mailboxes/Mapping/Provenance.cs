using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>What is stored with every item written, so that the mailbox alone tells what was copied.</summary>
internal static class Provenance
{
    /// <summary>The id of the marker as Graph writes it.</summary>
    public static readonly string MarkerId = GraphPropertyId.Write(PropertyNames.Marker, PropertyType.String);

    /// <summary>The id of <see cref="MailboxPropertyNames.AttachmentCount"/>.</summary>
    public static readonly string AttachmentCountId = GraphPropertyId.Write(MailboxPropertyNames.AttachmentCount, PropertyType.Integer32);

    public static void Write(ExtendedPropertyList extended, ItemProvenance provenance)
    {
        extended.AddOwn(PropertyNames.Marker, PropertyValue.FromString(provenance.Marker.Value));
        extended.AddOwn(PropertyNames.SourceKey, PropertyValue.FromString(provenance.Key.ToString()));
        extended.AddOwn(PropertyNames.SourceVersion, PropertyValue.FromString(provenance.Version.Value));
        extended.AddOwn(PropertyNames.SourceDigest, PropertyValue.FromString(provenance.Digest.Hex));
    }
}
