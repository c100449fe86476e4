namespace PstMigration.Mapi;

/// <summary>A folder a source offers.</summary>
/// <param name="Key">Its identity in the source.</param>
/// <param name="Path">Its names from the root people see; the root itself is <see cref="FolderPath.Root"/>.</param>
/// <param name="Role">What it is for.</param>
/// <param name="ContainerClass">Such as IPF.Note or IPF.Contact; IPF.Note where none is stored.</param>
/// <param name="ItemCount">How many items the source says are in it; an estimate for progress, not a promise.</param>
/// <param name="IsHidden">Whether people do not see it: it is read only where it is named.</param>
public sealed record SourceFolder(ItemKey Key, FolderPath Path, FolderRole Role, string ContainerClass, int ItemCount, bool IsHidden = false);
