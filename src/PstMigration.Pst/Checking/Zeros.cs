namespace PstMigration.Pst.Checking;

/// <summary>Bytes that have to be 0.</summary>
internal static class Zeros
{
    /// <summary>Whether all bytes are 0.</summary>
    public static bool Only(ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
        {
            if (b != 0)
            {
                return false;
            }
        }

        return true;
    }
}
