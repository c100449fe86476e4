using PstMigration.Mapi;

namespace PstMigration.Pst;

/// <summary>What listing a folder to its end gave.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Path">Its path.</param>
/// <param name="Expected">Items in it, as it says itself.</param>
/// <param name="Read">Items of which the row or the item itself was read.</param>
/// <param name="Damaged">Items of which neither could be read.</param>
public sealed record PstFolderReading(NodeId Folder, FolderPath Path, int Expected, int Read, int Damaged)
{
    /// <summary>Whether nothing is missing that the folder says it has.</summary>
    public bool IsComplete => Damaged == 0 && Read >= Expected;
}
