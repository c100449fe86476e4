using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>A folder items are written to.</summary>
/// <param name="Source">Its names in the source.</param>
/// <param name="Path">Its names in the mailbox.</param>
/// <param name="Id">The service's id; null for a folder of a kind the service cannot be given here.</param>
/// <param name="Kind">What it holds; null as for <paramref name="Id"/>.</param>
/// <param name="ContainerClass">What the source said it holds.</param>
internal sealed record GraphTargetFolder(FolderPath Source, FolderPath Path, string? Id, GraphFolderKind? Kind, string ContainerClass) : TargetFolder(Path)
{
    /// <inheritdoc/>
    public override string? Key => Id;
}
