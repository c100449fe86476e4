using System.Threading;
using System.Threading.Tasks;

namespace PstMigration.Mapi;

/// <summary>Where items are copied to. One caller at a time.</summary>
public interface IItemTarget
{
    /// <summary>What people call it: a path, an address.</summary>
    string Name { get; }

    /// <summary>Why items of this class are not taken, as a Skipped result; null where they are. Asked before an item is opened.</summary>
    WriteResult? Refuse(string messageClass);

    /// <summary>Finds the folder a source folder maps to, making it and its parents where missing.</summary>
    Task<TargetFolder> OpenFolderAsync(FolderPath path, FolderRole role, string containerClass, CancellationToken cancellationToken);

    /// <summary>Whether an item with this marker is in the target, in any folder.</summary>
    Task<bool> ContainsAsync(ItemMarker marker, CancellationToken cancellationToken);

    /// <summary>
    /// Writes an item with its provenance. Losses are on the result. Fails only with an exception that ends the run
    /// (a full disk, a lost sign-in); what is wrong with the one item is a result. All of the item was read once before,
    /// so that damage in the source does not show here.
    /// </summary>
    Task<WriteResult> WriteAsync(TargetFolder folder, MapiItem item, ItemProvenance provenance, CancellationToken cancellationToken);

    /// <summary>Makes what was written lasting: commits, renames. Without it a target leaves no half-made file behind.</summary>
    Task CompleteAsync(CancellationToken cancellationToken);
}
