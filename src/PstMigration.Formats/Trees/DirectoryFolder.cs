using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>A folder that is a directory.</summary>
/// <param name="Path">Its names.</param>
/// <param name="Directory">The full path of the directory.</param>
/// <param name="Role">What it is for.</param>
/// <param name="ContainerClass">Such as IPF.Note.</param>
internal sealed record DirectoryFolder(FolderPath Path, string Directory, FolderRole Role, string ContainerClass) : TargetFolder(Path);
