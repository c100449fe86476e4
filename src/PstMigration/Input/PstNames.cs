namespace PstMigration;

/// <summary>What data files are called.</summary>
internal static class PstNames
{
    /// <summary>Says of a data file that is going to be made that its name is not one's.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="warn">Is told.</param>
    internal static void Warn(string path, Action<string> warn)
    {
        if (!path.EndsWith(".pst", StringComparison.OrdinalIgnoreCase) && !File.Exists(path))
        {
            warn(LocalText.Format(Strings.DestinationNotPst, path));
        }
    }
}
