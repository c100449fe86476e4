using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Where the file or directory of a copy is.</summary>
/// <param name="Folder">The folder it is in.</param>
/// <param name="Directory">The full path of the directory it is in.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Remembered">The name it has in the <see cref="ItemLedger"/>; empty where it was renamed by others, and so is in none.</param>
/// <param name="Number">Which version of the item it is, the first being 1.</param>
internal sealed record FilePlace(FolderPath Folder, string Directory, string Name, string Remembered, int Number)
{
    /// <summary>The folder it was put into, folded; 0 where that is not known.</summary>
    public long Origin { get; init; }

    /// <summary>The time it was given, in ticks; 0 where that is not known.</summary>
    public long Time { get; init; }

    /// <summary>The time it has in place of that if it was replaced just before a run was killed.</summary>
    public long OtherTime { get; init; }

    /// <summary>Its full path.</summary>
    public string Path => System.IO.Path.Combine(Directory, Name);

    /// <summary>Whether somebody has moved it since it was written.</summary>
    public bool IsMoved => Origin != 0 && Origin != Fold.Of(Folder);
}
