using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Messaging;

/// <summary>Reads what is stored with the items of a file that are copies.</summary>
internal static class CopyReader
{
    private static readonly PropertyName[] s_provenance =
    [
        PropertyNames.Marker, PropertyNames.SourceKey, PropertyNames.SourceVersion, PropertyNames.SourceFolder, PropertyNames.SourceIdentity, PropertyNames.Losses,
    ];

    /// <summary>
    /// All items that have a marker. Looks at the first block of every item, and at none where the file does not know the name of the marker. What cannot be read is left out.
    /// </summary>
    /// <exception cref="PstException">PstDamaged: the tree of nodes cannot be read.</exception>
    public static IEnumerable<StoredCopy> Read(StoreContext context)
    {
        if (!context.Names.TryGetId(PropertyNames.Marker, out _))
        {
            yield break;
        }

        TextDecoder text = context.DecoderFor(null);
        ushort[] ids = [.. s_provenance.Select(n => context.Names.TryGetId(n, out ushort id) ? id : (ushort)0)];
        foreach (NodeEntry node in context.Database.EnumerateNodes())
        {
            if (node.Id.Type is NodeIdType.NormalMessage or NodeIdType.AssociatedMessage && TryRead(context.Database, node, ids, text) is StoredCopy copy)
            {
                yield return copy;
            }
        }
    }

    private static StoredCopy? TryRead(INodeDatabase database, NodeEntry entry, ushort[] ids, TextDecoder text)
    {
        try
        {
            using NodeReader node = NodeReader.Open(database, entry);
            PropertyContext properties = PropertyContext.Open(node);
            string? Text(ushort id) => id != 0 && properties.TryRead(id, text, out PropertyValue value) ? value.AsSmallString() : null;
            return Text(ids[0]) is not string marker ? null : new StoredCopy(
                entry.Id, marker, Text(ids[1]), Text(ids[2]), Text(ids[3]), Text(ids[4]), Text(ids[5]),
                properties.TryRead(PropertyTags.LastModificationTime.Id, text, out PropertyValue modified) ? modified.AsTime() : null);
        }
        catch (PstException e) when (e.IsAboutContent)
        {
            database.Damage.Add(e, entry.Id);
            return null;
        }
    }
}

/// <summary>What is stored with a copy, as text; see <see cref="CopyRecord.Read"/>.</summary>
internal sealed record StoredCopy(
    NodeId Id, string Marker, string? SourceKey, string? SourceVersion, string? SourceFolder, string? SourceIdentity, string? Losses, DateTimeOffset? Modified)
{
    public CopyRecord ToRecord() => CopyRecord.Read(SourceKey, Marker, SourceVersion, SourceFolder, SourceIdentity, Losses);

    public ListedCopy? ToListed(string sourceStore, ItemKey key) => ListedCopy.Read(sourceStore, key, SourceKey, Marker, SourceVersion, SourceFolder, Losses);
}
