using System;
using System.IO;

namespace PstMigration.Formats;

/// <summary>Files written beside their place and renamed into it, so that a run that is killed leaves no half file under a good name.</summary>
internal static class Partial
{
    /// <summary>What an unfinished file has behind its name.</summary>
    public const string Suffix = ".partial";

    /// <summary>Creates the unfinished file of a path, alone.</summary>
    public static FileStream Create(string path) => new(path + Suffix, FileMode.Create, FileAccess.Write, FileShare.None, 128 * 1024);

    /// <summary>Gives the unfinished file of a path its name.</summary>
    /// <param name="path">The path.</param>
    /// <param name="replace">Whether it may take the place of another.</param>
    public static void Finish(string path, bool replace) => Finish(path + Suffix, path, replace);

    /// <summary>Gives an unfinished file on the same volume its name.</summary>
    public static void Finish(string unfinished, string path, bool replace)
    {
        if (replace && File.Exists(path))
        {
            File.Replace(unfinished, path, null);
        }
        else
        {
            File.Move(unfinished, path);
        }
    }

    /// <summary>
    /// Deletes what a loss of power may leave of a file that had its name before its content was on the disk: an empty one. No file of
    /// mail is empty.
    /// </summary>
    /// <returns>Whether it was empty.</returns>
    public static bool DiscardEmpty(string path)
    {
        if (new FileInfo(LongPath.Of(path)) is not { Exists: true, Length: 0 })
        {
            return false;
        }

        Discard(LongPath.Of(path));
        return true;
    }

    /// <summary>Deletes an unfinished file; one that is in use stays.</summary>
    public static void Discard(string unfinished)
    {
        try
        {
            File.Delete(unfinished);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Its name says what it is.
        }
    }
}
