using System.Globalization;
using PstMigration.Mapi;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Messaging;

/// <summary>
/// The version of an item in a file: the blocks it begins with, which every change of it replaces by others ([MS-PST] 2.2.2.7.7.4), and the time of its last change, which tells
/// items of two copies of a file apart that took the same blocks.
/// </summary>
internal static class PstItemVersion
{
    /// <summary>The blocks alone, in hexadecimal.</summary>
    public static string StampOf(NodeEntry node) => node.Data.Value.ToString("x", CultureInfo.InvariantCulture) + "." + node.Subnodes.Value.ToString("x", CultureInfo.InvariantCulture);

    /// <summary>The version; null where the item does not say when it was changed last.</summary>
    public static ItemVersion? Of(NodeEntry node, DateTimeOffset? modified) => modified is DateTimeOffset time
        ? new ItemVersion(StampOf(node) + "." + time.UtcTicks.ToString("x", CultureInfo.InvariantCulture))
        : null;
}
