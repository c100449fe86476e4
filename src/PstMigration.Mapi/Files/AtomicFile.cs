namespace PstMigration.Mapi;

/// <summary>
/// Files written beside their place and renamed into it, so that a program that is killed leaves no half file under a good name. Paths may be of any length; errors
/// are those of the file system.
/// </summary>
public static class AtomicFile
{
    /// <summary>What an unfinished file has behind its name.</summary>
    public const string Suffix = ".partial";

    /// <summary>Whether a name is that of an unfinished file.</summary>
    public static bool IsUnfinished(string name) =>
        (name ?? throw new ArgumentNullException(nameof(name))).EndsWith(Suffix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Creates the unfinished file of a path, alone.</summary>
    public static FileStream Create(string path) => new(LongPath.Of(path + Suffix), FileMode.Create, FileAccess.Write, FileShare.None, 128 * 1024);

    /// <summary>Gives the unfinished file of a path its name.</summary>
    /// <param name="path">The path.</param>
    /// <param name="replace">Whether it may take the place of another, in one step.</param>
    public static void Finish(string path, bool replace) => Finish(path + Suffix, path, replace);

    /// <summary>Gives an unfinished file on the same volume its name.</summary>
    /// <param name="unfinished">Where it is.</param>
    /// <param name="path">The path.</param>
    /// <param name="replace">Whether it may take the place of another, in one step.</param>
    public static void Finish(string unfinished, string path, bool replace)
    {
        if (replace)
        {
            Compat.FileMover.MoveOver(LongPath.Of(unfinished), LongPath.Of(path));
        }
        else
        {
            File.Move(LongPath.Of(unfinished), LongPath.Of(path));
        }
    }

    /// <summary>
    /// Deletes what a loss of power may leave of a file that had its name before its content was on the disk: an empty one. For files that are
    /// never empty.
    /// </summary>
    /// <returns>Whether it was empty.</returns>
    public static bool DiscardEmpty(string path)
    {
        if (new FileInfo(LongPath.Of(path)) is not { Exists: true, Length: 0 })
        {
            return false;
        }

        Discard(path);
        return true;
    }

    /// <summary>Deletes an unfinished file, or a directory of them; one that is in use stays, under a name that says what it is.</summary>
    public static void Discard(string unfinished)
    {
        string path = LongPath.Of(unfinished);
        try
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
            else
            {
                File.Delete(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next one to write there, or to clear up, tries again.
        }
    }
}
