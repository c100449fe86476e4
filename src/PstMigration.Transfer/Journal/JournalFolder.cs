using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>Where the items of a folder went.</summary>
/// <param name="Source">The folder they were read from; null for one that was made above all of these.</param>
/// <param name="Target">The folder they were written to.</param>
/// <param name="TargetKey">Its id in the target; null where it has none.</param>
/// <param name="IsMade">Whether the transfer made it. Once true it stays so, whatever a later run finds.</param>
public sealed record JournalFolder(FolderPath? Source, FolderPath Target, string? TargetKey, bool IsMade);
