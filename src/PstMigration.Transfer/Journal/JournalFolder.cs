using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>A folder a transfer made in the target.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Key">Its id in the target.</param>
public sealed record JournalFolder(FolderPath Path, string Key);
