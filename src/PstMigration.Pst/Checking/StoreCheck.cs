using System.Buffers.Binary;
using PstMigration.Mapi;
using PstMigration.Pst.Ltp;

namespace PstMigration.Pst.Checking;

/// <summary>The message store, and the scopes of search folders.</summary>
internal static class StoreCheck
{
    private const int RecordKeyLength = 16;
    private const int EntryIdLength = 24;
    private const int EntryIdUid = 4;
    private const int EntryIdNode = 20;
    private const uint OstSubtree = 0x2142;
    private const ushort SearchScopeId = 0x6609;

    private static readonly PropertyTag[] s_folders = [PropertyTags.IpmSubtreeEntryId, PropertyTags.IpmWastebasketEntryId, PropertyTags.FinderEntryId];

    private static readonly PropertyTag[] s_optional =
    [
        PropertyTags.DisplayName, PropertyTags.ValidFolderMask, PropertyTags.PstPassword, PropertyTags.IpmWastebasketEntryId, PropertyTags.FinderEntryId,
    ];

    /// <summary>Checks the properties of the store; null where they could not be read.</summary>
    public static void Run(CheckContext context, NodeTable nodes, PropertySet? store)
    {
        // An address book (PAB) has no folders for mail.
        if (store is null || context.Header.Kind == PstKind.Pab)
        {
            return;
        }

        bool hasKey = (store.Bytes(PropertyTags.RecordKey.Id) ?? default).Length == RecordKeyLength;
        if (context.Header.Kind == PstKind.Ost)
        {
            // That of a mailbox has a fixed folder; one that stands for another store, as that of IMAP, names it as a PST does.
            if (!hasKey || !(nodes.Contains(new NodeId(OstSubtree)) || LeadsToFolder(nodes, store, PropertyTags.IpmSubtreeEntryId)))
            {
                context.Report(PstCheckRules.OstSubtree, store.Owner.Place);
            }

            return;
        }

        if (!hasKey)
        {
            context.Report(PstCheckRules.StoreProperty, store.Owner.Place, PropertyTags.RecordKey.Value);
        }

        foreach (PropertyTag tag in s_folders)
        {
            bool mayBeAbsent = Array.IndexOf(s_optional, tag) >= 0;
            if (!(mayBeAbsent && !store.Has(tag.Id)) && !LeadsToFolder(nodes, store, tag))
            {
                context.Report(PstCheckRules.StoreProperty, store.Owner.Place, tag.Value);
            }
        }

        foreach (PropertyTag tag in s_optional)
        {
            if (!store.Has(tag.Id))
            {
                context.Report(PstCheckRules.StoreOptional, store.Owner.Place, tag.Value);
            }
        }
    }

    // Flags of 0, the record key of the store, the NID ([MS-PST] 2.4.3.2).
    private static bool LeadsToFolder(NodeTable nodes, PropertySet store, PropertyTag tag)
    {
        ReadOnlyMemory<byte> key = store.Bytes(PropertyTags.RecordKey.Id) ?? default;
        ReadOnlyMemory<byte> id = store.Bytes(tag.Id) ?? default;
        return id.Length == EntryIdLength
            && Zeros.Only(id.Span[..EntryIdUid])
            && (key.Length != RecordKeyLength || id.Span.Slice(EntryIdUid, RecordKeyLength).SequenceEqual(key.Span))
            && nodes.IsFolder(new NodeId(BinaryPrimitives.ReadUInt32LittleEndian(id.Span[EntryIdNode..])));
    }

    /// <summary>Checks that the folders a search folder searches exist.</summary>
    public static void CheckSearchScope(CheckContext context, NodeTable nodes, PropertySet criteria)
    {
        ReadOnlyMemory<byte> scope = criteria.TryFind(SearchScopeId, out PropertyRecord record) && record.Tag.Type == PropertyType.Binary
            ? criteria.Bytes(SearchScopeId) ?? default
            : default;
        for (int at = 0; at + sizeof(uint) <= scope.Length; at += sizeof(uint))
        {
            NodeId folder = new(BinaryPrimitives.ReadUInt32LittleEndian(scope.Span[at..]));
            if (!nodes.IsFolder(folder))
            {
                context.Report(PstCheckRules.SearchScope, criteria.Owner.Place, folder.Value);
            }
        }
    }
}
