using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>What is stored with every item written, so that the mailbox alone tells what was copied.</summary>
internal static class Provenance
{
    /// <summary>Folder paths beyond this are not remembered: a value cut short would be another folder.</summary>
    private const int LongestPath = 20_000;

    /// <summary>The id of the marker as Graph writes it.</summary>
    public static readonly string MarkerId = Id(PropertyNames.Marker);

    /// <summary>The id of the <see cref="ItemKey"/>.</summary>
    public static readonly string KeyId = Id(PropertyNames.SourceKey);

    /// <summary>The id of the <see cref="ItemVersion"/>.</summary>
    public static readonly string VersionId = Id(PropertyNames.SourceVersion);

    /// <summary>The id of the digest of the content it was written from; where the mailbox gives back less, of that.</summary>
    public static readonly string DigestId = Id(PropertyNames.SourceDigest);

    /// <summary>The id of the folder in the source.</summary>
    public static readonly string FolderId = Id(PropertyNames.SourceFolder);

    /// <summary>The id of the <see cref="ItemIdentity"/>.</summary>
    public static readonly string IdentityId = Id(PropertyNames.SourceIdentity);

    /// <summary>The id of the <see cref="ItemState"/>, likewise.</summary>
    public static readonly string StateId = Id(PropertyNames.SourceState);

    /// <summary>The id of <see cref="MailboxPropertyNames.Undone"/>.</summary>
    public static readonly string UndoneId = Id(MailboxPropertyNames.Undone);

    /// <summary>The id of the losses.</summary>
    public static readonly string LossesId = Id(PropertyNames.Losses);

    /// <summary>The id of the place the item was put in: the service's id of the folder.</summary>
    public static readonly string PlacedInId = Id(PropertyNames.PlacedIn);

    /// <summary>The id of <see cref="MailboxPropertyNames.Replaces"/>.</summary>
    public static readonly string ReplacesId = Id(MailboxPropertyNames.Replaces);

    /// <summary>The id of <see cref="MailboxPropertyNames.AttachmentCount"/>.</summary>
    public static readonly string AttachmentCountId = GraphPropertyId.Write(MailboxPropertyNames.AttachmentCount, PropertyType.Integer32);

    /// <summary>Writes where an item comes from.</summary>
    public static void Write(ExtendedPropertyList extended, ItemProvenance provenance)
    {
        extended.AddOwn(PropertyNames.Marker, PropertyValue.FromString(MarkerOf(provenance).Value));
        extended.AddOwn(PropertyNames.SourceKey, PropertyValue.FromString(provenance.Key.ToString()));
        extended.AddOwn(PropertyNames.SourceVersion, PropertyValue.FromString(provenance.Version.Value));
        extended.AddOwn(PropertyNames.SourceDigest, PropertyValue.FromString(provenance.Digest!.Value.Hex));
        extended.AddOwn(PropertyNames.SourceIdentity, PropertyValue.FromString(provenance.Identity.Value));
        if (provenance.State is ItemState state)
        {
            extended.AddOwn(PropertyNames.SourceState, PropertyValue.FromString(state.Value));
        }

        if (SourceFolder(provenance.Folder) is SingleValueLegacyExtendedProperty folder)
        {
            extended.Single.Add(folder);
        }
    }

    /// <summary>Adds where an item is put, which older copy it takes the place of, and what of it is lost.</summary>
    public static void AddPlace(List<SingleValueLegacyExtendedProperty> extended, string folderId, string? replaces, IReadOnlyList<ItemLoss> losses)
    {
        extended.Add(Text(PlacedInId, folderId));
        if (replaces is not null)
        {
            extended.Add(Text(ReplacesId, replaces));
        }

        if (losses.Count > 0)
        {
            extended.Add(Losses(losses));
        }
    }

    /// <summary>What a copy does not have.</summary>
    public static SingleValueLegacyExtendedProperty Losses(IReadOnlyList<ItemLoss> losses) => Text(LossesId, LossText.Write(losses));

    /// <summary>What the mailbox gives back of a copy nobody has touched, where that is not what the source has.</summary>
    public static List<SingleValueLegacyExtendedProperty> AsGivenBack(ItemState state, ItemDigest digest) => [Text(StateId, state.Value), Text(DigestId, digest.Hex)];

    /// <summary>That a copy was taken back.</summary>
    public static List<SingleValueLegacyExtendedProperty> Undo() => [Text(UndoneId, "1")];

    /// <summary>Where a copy was moved to, and where its source is now.</summary>
    public static List<SingleValueLegacyExtendedProperty> Move(string folderId, FolderPath sourceFolder) =>
        SourceFolder(sourceFolder) is SingleValueLegacyExtendedProperty folder ? [Text(PlacedInId, folderId), folder] : [Text(PlacedInId, folderId)];

    /// <summary>Where the item of a copy is in its source now; nothing where that would not come back as it is.</summary>
    public static List<SingleValueLegacyExtendedProperty> Adopt(ItemProvenance provenance) => SourceFolder(provenance.Folder) is SingleValueLegacyExtendedProperty folder
        ? [Text(MarkerId, MarkerOf(provenance).Value), Text(KeyId, provenance.Key.ToString()), Text(VersionId, provenance.Version.Value), folder]
        : [];

    /// <summary>The marker, which this target needs.</summary>
    public static ItemMarker MarkerOf(ItemProvenance provenance) =>
        provenance.Marker ?? throw new System.ArgumentException("An item written to a mailbox needs its content digest.", nameof(provenance));

    /// <summary>Null for a path that would not come back as it is.</summary>
    private static SingleValueLegacyExtendedProperty? SourceFolder(FolderPath folder) =>
        folder.ToString() is { Length: <= LongestPath } path && ReferenceEquals(GraphText.Clean(path), path) ? Text(FolderId, path) : null;

    private static SingleValueLegacyExtendedProperty Text(string id, string value) => new() { Id = id, Value = value };

    private static string Id(PropertyName name) => GraphPropertyId.Write(name, PropertyType.String);
}
