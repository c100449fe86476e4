using PstMigration.Mapi.Compat;

namespace PstMigration.Mapi;

/// <summary>
/// Files written beside their place and renamed into it, so that a program that is killed leaves no half file under a good name. Paths may be of any length; errors
/// are those of the file system.
/// </summary>
public static class AtomicFile
{
    /// <summary>What an unfinished file has behind its name.</summary>
    public const string Suffix = ".partial";

    private const int Attempts = 3;

    /// <summary>Whether a name is that of an unfinished file.</summary>
    public static bool IsUnfinished(string name) =>
        (name ?? throw new ArgumentNullException(nameof(name))).EndsWith(Suffix, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Creates an unfinished file, alone, on Unix of mode 0600: it holds somebody's mail. What a run that was killed left under its name goes; so
    /// does a link or a pipe somebody put there, which is never followed.
    /// </summary>
    /// <param name="unfinished">Its path.</param>
    /// <param name="access">What is done with it.</param>
    /// <param name="bufferSize">Bytes of the stream's buffer; 1 for none.</param>
    /// <exception cref="IOException">Another program is writing it, or it cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static FileStream Create(string unfinished, FileAccess access, int bufferSize)
    {
        string path = LongPath.Of(unfinished);
        try
        {
            return CreateAt(path, access, bufferSize);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            FilePlace.CheckBeside(Path.GetFullPath(unfinished));
            if (e is UnauthorizedAccessException denied && !File.Exists(path))
            {
                throw FilePlace.Denied(unfinished, denied);
            }

            throw;
        }
    }

    /// <summary>Makes a directory for mail, and those above it that are missing, on Unix of mode 0700.</summary>
    /// <exception cref="IOException">It cannot be made, or a file has its name.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static void CreateDirectory(string path)
    {
        FilePlace.CheckDirectory(Path.GetFullPath(path));
        AloneFile.CreateDirectory(LongPath.Of(path));
    }

    /// <summary>Makes an unfinished directory. What a run that was killed left under its name goes; so does a link somebody put there.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static void CreateUnfinishedDirectory(string unfinished)
    {
        Discard(unfinished);
        CreateDirectory(unfinished);
        if (AloneFile.IsLink(LongPath.Of(unfinished)))
        {
            throw new IOException(unfinished);
        }
    }

    /// <summary>Gives the unfinished file of a path its name.</summary>
    /// <param name="path">The path.</param>
    /// <param name="replace">Whether it may take the place of another, in one step.</param>
    public static void Finish(string path, bool replace) => Finish(path + Suffix, path, replace);

    /// <summary>Gives an unfinished file on the same volume its name. Where it takes the place of another, it takes over its mode, too.</summary>
    /// <param name="unfinished">Where it is.</param>
    /// <param name="path">The path.</param>
    /// <param name="replace">Whether it may take the place of another, in one step.</param>
    public static void Finish(string unfinished, string path, bool replace)
    {
        string target = LongPath.Of(path);
        if (replace)
        {
            if (File.Exists(target))
            {
                PlainFile.Check(path);
                AloneFile.TakeMode(target, LongPath.Of(unfinished));
            }

            FileMover.MoveOver(LongPath.Of(unfinished), target);
        }
        else
        {
            File.Move(LongPath.Of(unfinished), target);
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

    private static FileStream CreateAt(string path, FileAccess access, int bufferSize)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if (AloneFile.TryCreate(path, access, bufferSize) is FileStream created)
            {
                return created;
            }

            DeleteLeft(path);
        }

        throw new IOException(path);
    }

    // Only what nobody holds, and only what the name stands for once it is held: another process may have begun its own there.
    private static void DeleteLeft(string path)
    {
        if (AloneFile.IsLink(path) || AloneFile.IsSpecial(path) || Path.DirectorySeparatorChar == '\\')
        {
            File.Delete(path);
            return;
        }

        using FileStream? left = AloneFile.TryOpen(path);
        if (left is not null && AloneFile.IsInPlace(left, path))
        {
            File.Delete(path);
        }
    }
}
