namespace PstMigration.Pst.Compat;

/// <summary>The name one file has for everybody: absolute, and of the file itself where a symbolic link was named.</summary>
internal static class FileIdentity
{
    /// <summary>Resolves a path. .NET Framework knows no links.</summary>
    public static string Resolve(string path)
    {
        string full = Path.GetFullPath(path);
#if NETFRAMEWORK
        return full;
#else
        return File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
#endif
    }
}
