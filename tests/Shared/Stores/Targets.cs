using PstMigration.Mapi;

namespace PstMigration.Tests;

/// <summary>What tests of a target do with it.</summary>
internal static class Targets
{
    /// <summary>Prepares and commits, and gives what is wrong with the item as its result, as the engine does.</summary>
    public static async Task<WriteResult> WriteAsync(
        this IItemTarget target, TargetFolder folder, MapiItem item, ItemProvenance provenance, CancellationToken cancellationToken = default)
    {
        try
        {
            using PreparedItem prepared = await target.PrepareAsync(folder, item, provenance, cancellationToken);
            return await target.CommitAsync(prepared, cancellationToken);
        }
        catch (MailDataException e) when (!e.EndsRun)
        {
            return WriteResult.Failed(e.Error, e.Message);
        }
        catch (System.IO.IOException e)
        {
            return WriteResult.Failed(TestError.Of("ItemUnreadable"), e.Message);
        }
    }

    /// <summary>Whether a whole copy with a marker is there.</summary>
    public static async Task<bool> ContainsAsync(this IItemTarget target, ItemMarker? marker, CancellationToken cancellationToken = default) =>
        await target.FindAsync(marker ?? throw new ArgumentNullException(nameof(marker)), cancellationToken) is { IsWhole: true };

    /// <summary>A provenance as of an item in the top folder.</summary>
    public static ItemProvenance Provenance(ItemKey key, ItemDigest digest, string version = "version") =>
        new(key, new ItemVersion(version), digest, FolderPath.Root, new ItemIdentity(new string('1', 32)));
}
