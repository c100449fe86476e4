namespace PstMigration.Mapi;

/// <summary>A folder of a target. Targets derive from it to carry their own handle.</summary>
/// <param name="Path">Its names in the target.</param>
public record TargetFolder(FolderPath Path);
