using PstMigration.Mapi;
using PstMigration.Pst.Checking;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Files;

namespace PstMigration.Pst.Messaging;

/// <summary>Gathers what a file tells about its writer.</summary>
internal static class WriterEvidence
{
    private const int MaxSampledItems = 200;
    private const int MaxVersionLength = 16;

    private static readonly PropertyName s_versionName = new(PropertySets.Common, 0x8554);

    /// <summary>Reads the header and a sample of the items.</summary>
    public static PstWriterHints Read(IFileBytes file, StoreContext store)
    {
        PstHeader header = store.Database.Header;
        PstWriter writer = HasOutlookData(file, store.Database.Layout) ? PstWriter.Outlook
            : store.Names.HasSet(PropertySets.PstMigration) ? PstWriter.PstMigration
            : PstWriter.Unknown;
        return new PstWriterHints(writer, ReadVersions(store), header.ClientVersion);
    }

    // The last 36 bytes of the header, 48 of an ANSI one, are the writer's own; all but Outlook leave them empty.
    private static bool HasOutlookData(IFileBytes file, PstLayout layout)
    {
        byte[] header = new byte[layout.HeaderSize];
        int own = layout.IsWide ? 528 : 464;
        return file.ReadAt(0, header) == header.Length && !Zeros.Only(header.AsSpan(own));
    }

    private static IReadOnlyList<string> ReadVersions(StoreContext store)
    {
        SortedSet<string> versions = new(StringComparer.Ordinal);
        if (!store.Names.TryGetId(s_versionName, out ushort id))
        {
            return [];
        }

        foreach (NodeEntry node in store.Database.EnumerateNodes().Where(n => n.Id.Type == NodeIdType.NormalMessage).Take(MaxSampledItems))
        {
            try
            {
                using NodeReader reader = NodeReader.Open(store.Database, node);
                if (PropertyContext.Open(reader).TryRead(id, store.DecoderFor(null), out PropertyValue value)
                    && value.AsSmallString() is { Length: > 0 and <= MaxVersionLength } version)
                {
                    versions.Add(version);
                }
            }
            catch (PstException e) when (e.IsAboutContent)
            {
                // Whoever reads the item will hear of it.
            }
        }

        return [.. versions];
    }
}
