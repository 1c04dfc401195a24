import { Button, Tooltip } from 'antd'
import { Check, X } from 'lucide-react'
import { useWriteRefusal } from './rights.ts'

type Verdict = 'accepted' | 'rejected'

/** Takes in or turns down what is proposed; whoever may not, reads why. */
export function Decide(of: { accept: string; reject: string; deciding: boolean; decide: (verdict: Verdict) => void }) {
  const refusal = useWriteRefusal()
  return (
    <>
      <Tooltip title={refusal}>
        <Button
          size="small"
          disabled={refusal !== null}
          loading={of.deciding}
          icon={<Check size={14} strokeWidth={2} aria-hidden />}
          onClick={() => of.decide('accepted')}
        >
          {of.accept}
        </Button>
      </Tooltip>
      <Tooltip title={refusal}>
        <Button
          size="small"
          type="text"
          disabled={refusal !== null || of.deciding}
          icon={<X size={14} strokeWidth={2} aria-hidden />}
          onClick={() => of.decide('rejected')}
        >
          {of.reject}
        </Button>
      </Tooltip>
    </>
  )
}
