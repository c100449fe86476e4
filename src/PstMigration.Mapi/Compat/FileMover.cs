namespace PstMigration.Mapi.Compat;

/// <summary>Puts a file in the place of another in one step. .NET moves over it; .NET Framework can only replace.</summary>
internal static class FileMover
{
    /// <summary>Moves a file to a place where another may be, which is then gone.</summary>
    public static void MoveOver(string source, string target)
    {
#if NETFRAMEWORK
        if (File.Exists(target))
        {
            File.Replace(source, target, null);
        }
        else
        {
            File.Move(source, target);
        }
#else
        File.Move(source, target, overwrite: true);
#endif
    }
}
