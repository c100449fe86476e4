using PstMigration.Pst.Compat;

namespace PstMigration.Pst.Ndb.Files;

/// <summary>
/// The data files this process has open, by the name each has for everybody. It is one of the two statics the design permits: a reader
/// opened anywhere in the process must be known to a writer opened anywhere else.
/// </summary>
internal static class FileUses
{
    private static readonly Dictionary<string, FileUse> s_files =
        new(Path.DirectorySeparatorChar == '\\' ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    /// <summary>Registers a reader, before it reads anything.</summary>
    public static FileReading Read(string path)
    {
        lock (s_files)
        {
            return Of(path).Read();
        }
    }

    /// <summary>Registers a writer.</summary>
    public static FileWriting Write(string path)
    {
        lock (s_files)
        {
            return Of(path).Write();
        }
    }

    private static FileUse Of(string path)
    {
        string name = FileIdentity.Resolve(path);
        if (!s_files.TryGetValue(name, out FileUse? use))
        {
            use = new FileUse(unused => Forget(name, unused));
            s_files.Add(name, use);
        }

        return use;
    }

    private static void Forget(string name, FileUse use)
    {
        lock (s_files)
        {
            if (!use.IsUsed && s_files.TryGetValue(name, out FileUse? known) && known == use)
            {
                s_files.Remove(name);
            }
        }
    }
}
