using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Which properties go into a stream: all but those that are of the store an item was in, and those a store makes itself ([MS-OXCFXICS] 3.2.5.10, [MS-OXCMSG] 2.2.1, 2.2.2). What is left
/// out of them is not lost: the store that takes the item makes its own.
/// </summary>
internal static class FastTransferRules
{
    private const ushort FirstInternal = 0x6600;
    private const ushort LastInternal = 0x67FF;

    /// <summary>Where and what an object is in its store: entry and record keys, parents, source and change keys, access, security, type of object.</summary>
    private static readonly HashSet<ushort> s_ofStore =
    [
        0x0E09, 0x0E27, 0x0E2F, 0x0E58, 0x0E59, 0x0E79, 0x0FF4, 0x0FF6, 0x0FF7, 0x0FF8, 0x0FF9, 0x0FFA, 0x0FFB, 0x0FFE, 0x0FFF, 0x3013, 0x65E0, 0x65E1, 0x65E2, 0x65E3,
    ];

    /// <summary>What a store counts and joins: lines of recipients, sizes, whether there are attachments, the subject without its prefix; of the replicas of a data file.</summary>
    private static readonly HashSet<ushort> s_computed =
    [
        0x0E02, 0x0E03, 0x0E04, 0x0E08, 0x0E12, 0x0E13, 0x0E1B, 0x0E20, 0x0E28, 0x0E29, 0x0E30, 0x0E31, 0x0E32, 0x0E33, 0x0E34, 0x0E35, 0x0E36, 0x0E37, 0x0E38, 0x0E39, 0x0E3A, 0x0E3B,
        0x0E3C, 0x0E3D,
    ];

    /// <summary>Recipients have entry ids and kinds of their own that say who they are.</summary>
    private static readonly HashSet<ushort> s_ofRecipients = [0x0FF6, 0x0FFE, 0x0FFF];

    /// <summary>Whether a property of an item or of an attachment stays out.</summary>
    public static bool StaysOut(PropertyKey key, bool isRecipient) => key.Name is null
        && (key.Id is >= FirstInternal and <= LastInternal || ((s_ofStore.Contains(key.Id) || s_computed.Contains(key.Id)) && !(isRecipient && s_ofRecipients.Contains(key.Id))));

    /// <summary>Whether a stream can hold a value of this type.</summary>
    public static bool CanHold(PropertyType type) => type is PropertyType.String or PropertyType.String8 or PropertyType.MultipleString or PropertyType.MultipleString8
        or PropertyType.Binary or PropertyType.Object or PropertyType.MultipleBinary or PropertyType.Guid or PropertyType.MultipleGuid
        || (PropertyTypes.Element(type) != PropertyType.ErrorCode && PropertyTypes.FixedSize(PropertyTypes.Element(type)) > 0 && type != (PropertyType)((ushort)PropertyType.Boolean | 0x1000));
}
