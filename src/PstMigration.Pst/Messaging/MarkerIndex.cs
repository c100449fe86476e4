using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Pst.Messaging;

/// <summary>The markers of the items in a file. 128 bits of each marker's hash: a million take some 30 MB, and two never meet by chance.</summary>
internal sealed class MarkerIndex : IDisposable
{
    private readonly HashSet<Guid> _markers = [];
    private readonly SHA256 _sha = SHA256.Create();
    private readonly byte[] _half = new byte[16];

    public bool Contains(string marker) => _markers.Contains(Fold(marker));

    public void Add(string marker) => _markers.Add(Fold(marker));

    public void Dispose() => _sha.Dispose();

    private Guid Fold(string marker)
    {
        Array.Copy(_sha.ComputeHash(Encoding.UTF8.GetBytes(marker)), _half, _half.Length);
        return new Guid(_half);
    }
}
