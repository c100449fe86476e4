using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>What was made for a backup before it is registered: its folders and their marks.</summary>
public sealed class BackupPreparation
{
    private readonly List<BackupFiles> _marked = [];
    private readonly List<string> _made = [];
    private readonly List<string> _existing = [];

    private BackupPreparation()
    {
    }

    /// <summary>The full paths of the folders that were marked as this backup's before: they may hold what it has saved.</summary>
    public IReadOnlyList<string> Existing => _existing;

    /// <summary>Makes and marks folders: all of them, or none.</summary>
    /// <exception cref="MailDataException">BackupFolderTaken, AccessDenied, DiskFull, BackupDestinationMissing.</exception>
    internal static BackupPreparation Of(IReadOnlyList<BackupFiles> all)
    {
        BackupPreparation prepared = new();
        try
        {
            foreach (BackupFiles files in all)
            {
                prepared.Add(files);
            }

            return prepared;
        }
        catch
        {
            prepared.TakeBack();
            throw;
        }
    }

    /// <summary>Takes the marks away, and the folders that were made and are empty. What cannot be removed stays: why the backup is not registered is what counts.</summary>
    public void TakeBack()
    {
        try
        {
            foreach (BackupFiles files in _marked)
            {
                files.Unmark();
            }

            // The deepest first.
            foreach (string folder in _made.OrderByDescending(f => f.Length).Where(f => Directory.Exists(f) && !Directory.EnumerateFileSystemEntries(f).Any()))
            {
                Directory.Delete(folder);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // An empty folder, marked or not, keeps nobody from registering the backup again.
        }
    }

    private void Add(BackupFiles files)
    {
        for (string? folder = files.Folder; folder is { Length: > 0 } && !Directory.Exists(folder); folder = Path.GetDirectoryName(folder))
        {
            _made.Add(folder);
        }

        if (files.Make())
        {
            _marked.Add(files);
        }
        else
        {
            _existing.Add(files.Folder);
        }
    }
}
