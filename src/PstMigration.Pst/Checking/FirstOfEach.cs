namespace PstMigration.Pst.Checking;

/// <summary>Rows of a table in the order of their keys, the first of each.</summary>
internal static class FirstOfEach
{
    /// <summary>Orders rows, and moves the first of each key to the front.</summary>
    /// <returns>How many they are.</returns>
    public static int Keep<TRow, TKey>(TRow[] rows, int count, Func<TRow, TKey> keyOf)
        where TKey : struct, IEquatable<TKey>
    {
        TKey[] keys = new TKey[count];
        for (int i = 0; i < count; i++)
        {
            keys[i] = keyOf(rows[i]);
        }

        Array.Sort(keys, rows, 0, count);
        int kept = 0;
        for (int i = 0; i < count; i++)
        {
            if (kept == 0 || !keys[i].Equals(keys[i - 1]))
            {
                rows[kept++] = rows[i];
            }
        }

        return kept;
    }
}
